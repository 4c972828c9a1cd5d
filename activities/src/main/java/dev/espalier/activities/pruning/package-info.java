/** Measures the candidates of TE-NAS's pruning rounds. */
@NullMarked
package dev.espalier.activities.pruning;

import org.jspecify.annotations.NullMarked;
