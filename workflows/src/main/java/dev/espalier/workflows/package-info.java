/**
 * What happens in which order, durably: contracts and workflow code. Knows neither tensors nor the
 * store.
 */
@NullMarked
package dev.espalier.workflows;

import org.jspecify.annotations.NullMarked;
