/**
 * Training-free indicators of NAS-Bench-201 supernets and cells: the condition number of the neural
 * tangent kernel and the number of linear regions, as TE-NAS measures them (Chen, Gong and Wang,
 * ICLR 2021).
 */
@NullMarked
package dev.espalier.learning.indicator;

import org.jspecify.annotations.NullMarked;
