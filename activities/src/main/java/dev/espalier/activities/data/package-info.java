/** Data sets: fetched, imported, verified, and kept at hand for the work. */
@NullMarked
package dev.espalier.activities.data;

import org.jspecify.annotations.NullMarked;
