/** What a terminal shows of evolution on a predictor. */
@NullMarked
package dev.espalier.cli.method.evolution;

import org.jspecify.annotations.NullMarked;
