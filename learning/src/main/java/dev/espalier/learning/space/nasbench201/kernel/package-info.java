/** The tangent kernel of NAS-Bench-201 networks, by three methods that agree. */
@NullMarked
package dev.espalier.learning.space.nasbench201.kernel;

import org.jspecify.annotations.NullMarked;
