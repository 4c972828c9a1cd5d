/** Proves the dashboard and the alerts: their form, and their questions to a real Prometheus. */
@NullMarked
package dev.espalier.dashboards;

import org.jspecify.annotations.NullMarked;
