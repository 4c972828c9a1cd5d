/**
 * Predictors of an architecture's accuracy, fitted to a few hundred trained networks.
 *
 * <p>{@link dev.espalier.learning.predictor.Predictors} fits and loads every kind: the graph
 * network of NAS_with_GNN_predictor (github.com/eric8607242), plain baselines, and an ensemble.
 */
@NullMarked
package dev.espalier.learning.predictor;

import org.jspecify.annotations.NullMarked;
