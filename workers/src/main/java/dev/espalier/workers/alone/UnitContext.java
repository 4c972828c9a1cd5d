package dev.espalier.workers.alone;

import dev.espalier.activities.unit.AloneReport;
import dev.espalier.activities.unit.Errand;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.store.Store;
import dev.espalier.workers.WorkerSettings;

/**
 * All that a process which runs one unit of work is made from.
 *
 * @param settings of the worker that watches it
 * @param workerId names that worker in events
 * @param report how it speaks with that worker
 */
public record UnitContext(
    Store store,
    Torch torch,
    WorkerSettings settings,
    String workerId,
    Errand errand,
    AloneReport report) {}
