/** The trained models of a store. */
@NullMarked
package dev.espalier.activities.catalogue;

import org.jspecify.annotations.NullMarked;
