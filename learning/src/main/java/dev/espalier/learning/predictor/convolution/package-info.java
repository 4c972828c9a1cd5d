/**
 * Arithmetic of graph convolutions on small graphs, after Wen et al., "Neural Predictor for Neural
 * Architecture Search" (ECCV 2020): a network, its gradients, and the scoring of many graphs.
 *
 * <p>Letters: {@code b} graphs of a batch, {@code r} their vertices together, {@code k} kinds of
 * vertices, {@code w} width of a vertex's state, {@code h} width of the head; {@code p} and {@code
 * q} are {@code w} and {@code h} rounded up to whole blocks of columns. Matrices are flat arrays,
 * row by row.
 */
@NullMarked
package dev.espalier.learning.predictor.convolution;

import org.jspecify.annotations.NullMarked;
