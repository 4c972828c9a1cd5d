/**
 * Training-free indicators of NAS-Bench-201 supernets and cells: the condition number of the neural
 * tangent kernel and the number of linear regions, as TE-NAS measures them (Chen, Gong and Wang,
 * ICLR 2021).
 *
 * <p>Settled here, beyond the design: patterns are compared whole in a hash set, so that counts are
 * exact and not exact but for collisions; the exact kernel is summed in double precision from
 * single precision gradients, so that it is positive semi-definite; what is singular is decided
 * with the epsilon of doubles.
 */
@NullMarked
package dev.espalier.learning.indicator;

import org.jspecify.annotations.NullMarked;
