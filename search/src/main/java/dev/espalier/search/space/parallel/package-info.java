/** Networks whose layers each sum some of several candidate operations. */
@NullMarked
package dev.espalier.search.space.parallel;

import org.jspecify.annotations.NullMarked;
