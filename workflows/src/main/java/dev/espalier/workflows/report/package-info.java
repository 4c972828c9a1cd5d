/** The stage that sums an experiment up. */
@NullMarked
package dev.espalier.workflows.report;

import org.jspecify.annotations.NullMarked;
