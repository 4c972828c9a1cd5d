/** What a terminal shows of TE-NAS. */
@NullMarked
package dev.espalier.cli.method.tenas;

import org.jspecify.annotations.NullMarked;
