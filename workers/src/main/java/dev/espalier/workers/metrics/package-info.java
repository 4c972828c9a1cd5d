/** What a worker measures about itself, for Prometheus. */
@org.jspecify.annotations.NullMarked
package dev.espalier.workers.metrics;
