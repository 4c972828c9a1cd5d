/**
 * The report of one experiment: a single HTML page that needs no network, no script and no server.
 *
 * <p>Here is what the reports of all methods share; a method's tiles and sections are in its own
 * package. The plots are our own few lines of SVG and not a chart library's, because their colours
 * must come from the page's CSS variables: one file then reads well in light, in dark and on paper.
 */
@NullMarked
package dev.espalier.api.report;

import org.jspecify.annotations.NullMarked;
