/** Evolution guided by a graph network (github.com/eric8607242/NAS_with_GNN_predictor). */
@NullMarked
package dev.espalier.search.method.evolution;

import org.jspecify.annotations.NullMarked;
