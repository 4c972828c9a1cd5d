@NullMarked
package dev.espalier.search.input;

import org.jspecify.annotations.NullMarked;
