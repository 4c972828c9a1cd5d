/** What the graph of an architecture is made of, as sparse counts: places, paths, operators. */
@NullMarked
package dev.espalier.learning.predictor.structure;

import org.jspecify.annotations.NullMarked;
