/**
 * The report of one experiment: a single HTML page that needs no network, no script and no server.
 *
 * <p>{@link dev.espalier.activities.report.ReportModel} says what is shown, {@link
 * dev.espalier.activities.report.HtmlReport} how. The plots are our own few lines of SVG and not a
 * chart library's, because their colours must come from the page's CSS variables: one file then
 * reads well in light, in dark and on paper.
 */
@NullMarked
package dev.espalier.activities.report;

import org.jspecify.annotations.NullMarked;
