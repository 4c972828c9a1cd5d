/** The stage that makes a data set ready. */
@NullMarked
package dev.espalier.workflows.data;

import org.jspecify.annotations.NullMarked;
