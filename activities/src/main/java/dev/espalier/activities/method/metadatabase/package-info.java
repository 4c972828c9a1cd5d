/** The units of work that make a meta-database. */
@NullMarked
package dev.espalier.activities.method.metadatabase;

import org.jspecify.annotations.NullMarked;
