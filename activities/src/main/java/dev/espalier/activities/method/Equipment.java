package dev.espalier.activities.method;

import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.store.Store;

/** What activities work with. */
public record Equipment(
    Store store,
    UnitsOfWork units,
    EspalierMetrics metrics,
    Torch torch,
    LoadedDatasets datasets) {}
