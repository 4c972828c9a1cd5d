@NullMarked
package dev.espalier.search.random;

import org.jspecify.annotations.NullMarked;
