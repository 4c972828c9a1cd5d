/** Networks of NAS-Bench-201 cells: built, trained, measured and exported. */
@NullMarked
package dev.espalier.learning.space.nasbench201;

import org.jspecify.annotations.NullMarked;
