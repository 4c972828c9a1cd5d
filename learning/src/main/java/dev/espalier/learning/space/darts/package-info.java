/** Networks of genotypes of DARTS: built, trained, measured and exported. */
@NullMarked
package dev.espalier.learning.space.darts;

import org.jspecify.annotations.NullMarked;
