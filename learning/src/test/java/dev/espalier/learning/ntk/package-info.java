@NullMarked
package dev.espalier.learning.ntk;

import org.jspecify.annotations.NullMarked;
