/** Tests of the store: one contract, held by every server that can be had here. */
@NullMarked
package dev.espalier.store;

import org.jspecify.annotations.NullMarked;
