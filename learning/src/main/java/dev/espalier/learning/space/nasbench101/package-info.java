/** Networks of NAS-Bench-101 cells: built, trained, measured and exported. */
@NullMarked
package dev.espalier.learning.space.nasbench101;

import org.jspecify.annotations.NullMarked;
