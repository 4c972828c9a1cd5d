/** What a terminal shows of an experiment, for every method its own. */
@NullMarked
package dev.espalier.cli.method;

import org.jspecify.annotations.NullMarked;
