/** What a terminal shows of random search. */
@NullMarked
package dev.espalier.cli.method.random;

import org.jspecify.annotations.NullMarked;
