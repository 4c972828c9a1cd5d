/**
 * How data comes into the store and from there to the workers: fetched from its publishers,
 * imported from files, kept as one artifact in canonical form, cached on each machine under its
 * digest.
 */
@NullMarked
package dev.espalier.activities.data;

import org.jspecify.annotations.NullMarked;
