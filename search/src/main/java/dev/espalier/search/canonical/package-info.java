/**
 * One JSON, one canonical form of it, one digest: whatever enters a key or a result digest goes
 * through here.
 */
@NullMarked
package dev.espalier.search.canonical;

import org.jspecify.annotations.NullMarked;
