/** Named random streams: every draw has a name, and the name alone decides the number. */
@NullMarked
package dev.espalier.search.random;

import org.jspecify.annotations.NullMarked;
