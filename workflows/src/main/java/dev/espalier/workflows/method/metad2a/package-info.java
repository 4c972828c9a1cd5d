/** The plan of MetaD2A's search, and what it comes to. */
@NullMarked
package dev.espalier.workflows.method.metad2a;

import org.jspecify.annotations.NullMarked;
