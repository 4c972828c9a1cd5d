/**
 * What can go wrong, by type: the caller's mistake, a number that left the real line, lost
 * infrastructure, memory.
 */
@NullMarked
package dev.espalier.search.failure;

import org.jspecify.annotations.NullMarked;
