package dev.espalier.workers.alone;

import dev.espalier.activities.unit.Errand;
import dev.espalier.workers.WorkerSettings;

/**
 * The first line that a process which runs one unit of work reads.
 *
 * @param settings of the worker that watches it
 * @param numericClass that worker's arithmetic
 * @param workerId names that worker in events
 * @param registration class name of a {@link UnitRegistration}
 */
record Assignment(
    WorkerSettings settings,
    String numericClass,
    String workerId,
    String registration,
    Errand errand) {}
