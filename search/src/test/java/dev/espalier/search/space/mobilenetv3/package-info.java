@NullMarked
package dev.espalier.search.space.mobilenetv3;

import org.jspecify.annotations.NullMarked;
