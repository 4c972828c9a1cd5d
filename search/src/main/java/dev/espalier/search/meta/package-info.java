/**
 * Meta-databases: architectures that were trained on many small tasks, each a set of classes of one
 * image collection (Lee et al., ICLR 2021).
 */
@NullMarked
package dev.espalier.search.meta;

import org.jspecify.annotations.NullMarked;
