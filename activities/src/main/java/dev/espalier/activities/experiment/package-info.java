/** The store's side of experiments: short, idempotent notes. */
@NullMarked
package dev.espalier.activities.experiment;

import org.jspecify.annotations.NullMarked;
