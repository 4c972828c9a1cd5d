/**
 * The neural tangent kernel of a NAS-Bench-201 supernet, three ways that give the same numbers: row
 * by row with autograd, and merged (every batch normalisation's backward pass reduced to a few
 * sums, one convolution between two nodes however many operators there are) over tensors or over
 * the processor's vectors.
 */
@NullMarked
package dev.espalier.learning.ntk;

import org.jspecify.annotations.NullMarked;
