/** What an experiment comes to: the work of its last stage. */
@NullMarked
package dev.espalier.activities.report;

import org.jspecify.annotations.NullMarked;
