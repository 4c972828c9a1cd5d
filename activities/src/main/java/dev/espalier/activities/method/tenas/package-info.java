/** TE-NAS's units of work: measuring candidates, summing up. */
@NullMarked
package dev.espalier.activities.method.tenas;

import org.jspecify.annotations.NullMarked;
