/**
 * What a person may ask for: typed settings, their presets, and the reader that explains what is
 * wrong.
 */
@NullMarked
package dev.espalier.search.specification;

import org.jspecify.annotations.NullMarked;
