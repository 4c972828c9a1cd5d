/** Networks of layers that sum parallel operations: built, trained, measured and exported. */
@NullMarked
package dev.espalier.learning.space.parallel;

import org.jspecify.annotations.NullMarked;
