package dev.espalier.activities;

import dev.espalier.activities.ActivityWorkers.Setup;
import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.data.PrepareDataActivity;
import dev.espalier.activities.evaluation.NetworkTrainingActivities;
import dev.espalier.activities.method.evolution.EvolvingActivities;
import dev.espalier.activities.method.tenas.MeasuringActivities;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.prediction.FittingActivities;
import dev.espalier.activities.report.ReportingActivities;
import dev.espalier.activities.sampling.SampleActivities;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.store.Store;
import java.util.List;

/** The activities that compute: the one list of them. */
public final class Activities implements AutoCloseable {
  private final List<Object> implementations;
  private final MeasuringActivities measuring;

  private Activities(List<Object> implementations, MeasuringActivities measuring) {
    this.implementations = List.copyOf(implementations);
    this.measuring = measuring;
  }

  /** All of them, their units of work run by {@code units}. */
  public static Activities of(Setup setup, UnitsOfWork units) {
    Store store = setup.store();
    EspalierMetrics metrics = setup.metrics();
    Torch torch = setup.torch();
    LoadedDatasets datasets = new LoadedDatasets(store, setup.dataCache());
    MeasuringActivities measuring = new MeasuringActivities(store, units, metrics, torch, datasets);
    return new Activities(
        List.of(
            new PrepareDataActivity(store, units, setup.fetch(), datasets),
            measuring,
            new NetworkTrainingActivities(store, units, metrics, torch, datasets),
            new SampleActivities(store, units, datasets, torch.numericClass()),
            new FittingActivities(store, units, metrics, torch),
            new EvolvingActivities(store, units, metrics, torch, datasets),
            new ReportingActivities(store, units, metrics, torch, datasets)),
        measuring);
  }

  public List<Object> implementations() {
    return implementations;
  }

  /** Frees what the indicators hold. */
  @Override
  public void close() {
    measuring.close();
  }
}
