/** The few statistics that results are told in. */
@NullMarked
package dev.espalier.search.statistics;

import org.jspecify.annotations.NullMarked;
