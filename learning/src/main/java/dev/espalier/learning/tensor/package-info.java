/**
 * A thin, safe tensor layer over DJL's PyTorch engine.
 *
 * <p>Everything that the engine gets wrong or leaves open is closed here once, so that no other
 * package ever touches an {@code NDArray}: scalars and inputs never alias Java memory, average
 * pooling divides by the pixels that exist, the gradient mode is set and restored by the {@link
 * dev.espalier.learning.tensor.Scope} that also owns the memory, and virtual threads are refused.
 */
@NullMarked
package dev.espalier.learning.tensor;

import org.jspecify.annotations.NullMarked;
