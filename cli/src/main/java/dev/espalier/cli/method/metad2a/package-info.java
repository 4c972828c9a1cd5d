/** What a terminal shows of a search by MetaD2A. */
@NullMarked
package dev.espalier.cli.method.metad2a;

import org.jspecify.annotations.NullMarked;
