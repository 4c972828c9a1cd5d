/** What is counted while work is done; names are DESIGN.md's, section 7. */
@NullMarked
package dev.espalier.activities.metrics;

import org.jspecify.annotations.NullMarked;
