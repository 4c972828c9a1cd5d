/**
 * The stage that draws the architectures which a predictor learns from, and the one that trains
 * them.
 */
@NullMarked
package dev.espalier.workflows.sampling;

import org.jspecify.annotations.NullMarked;
