/** Measures the candidates of TE-NAS's pruning rounds. */
@NullMarked
package dev.espalier.activities.method.tenas;

import org.jspecify.annotations.NullMarked;
