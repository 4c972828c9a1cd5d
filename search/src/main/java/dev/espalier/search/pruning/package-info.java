/**
 * Pruning a supernet by training-free indicators (TE-NAS, Chen et al., ICLR 2021) as pure,
 * immutable state.
 */
@NullMarked
package dev.espalier.search.pruning;

import org.jspecify.annotations.NullMarked;
