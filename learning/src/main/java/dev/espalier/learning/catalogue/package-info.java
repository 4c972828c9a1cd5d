/**
 * Files of trained models: what they are, told by their tensors, not by their names. {@code
 * META-INF/services} lists the kinds that are known.
 */
@NullMarked
package dev.espalier.learning.catalogue;

import org.jspecify.annotations.NullMarked;
