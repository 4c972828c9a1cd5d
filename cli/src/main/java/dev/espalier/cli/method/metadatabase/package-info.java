/** What a terminal shows of a meta-database. */
@NullMarked
package dev.espalier.cli.method.metadatabase;

import org.jspecify.annotations.NullMarked;
