/** What a terminal shows of a training. */
@NullMarked
package dev.espalier.cli.method.training;

import org.jspecify.annotations.NullMarked;
