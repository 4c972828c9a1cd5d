/** What Prometheus reads from the API. */
@org.jspecify.annotations.NullMarked
package dev.espalier.api.metrics;
