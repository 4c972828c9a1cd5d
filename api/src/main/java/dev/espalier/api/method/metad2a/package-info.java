/** What a search by MetaD2A has found, and its part of the report. */
@NullMarked
package dev.espalier.api.method.metad2a;

import org.jspecify.annotations.NullMarked;
