/** The units of work that methods add to the shared ones. */
@NullMarked
package dev.espalier.activities.method;

import org.jspecify.annotations.NullMarked;
