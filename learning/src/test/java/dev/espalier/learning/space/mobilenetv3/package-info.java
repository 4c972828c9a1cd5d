@NullMarked
package dev.espalier.learning.space.mobilenetv3;

import org.jspecify.annotations.NullMarked;
