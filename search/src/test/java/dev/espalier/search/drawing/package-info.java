@NullMarked
package dev.espalier.search.drawing;

import org.jspecify.annotations.NullMarked;
