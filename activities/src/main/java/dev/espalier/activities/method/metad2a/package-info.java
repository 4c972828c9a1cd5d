/** The units of work of MetaD2A's search. */
@NullMarked
package dev.espalier.activities.method.metad2a;

import org.jspecify.annotations.NullMarked;
