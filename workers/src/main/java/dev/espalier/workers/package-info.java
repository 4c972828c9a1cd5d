/** Who does the work: worker processes, their task queues, devices and metrics. */
@org.jspecify.annotations.NullMarked
package dev.espalier.workers;
