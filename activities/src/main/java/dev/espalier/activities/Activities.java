package dev.espalier.activities;

import dev.espalier.activities.ActivityWorkers.Setup;
import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.data.PrepareDataActivity;
import dev.espalier.activities.evaluation.NetworkTrainingActivities;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.method.Holding;
import dev.espalier.activities.method.MethodActivities;
import dev.espalier.activities.prediction.FittingActivities;
import dev.espalier.activities.sampling.SampleActivities;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.search.providers.Providers;
import java.util.ArrayList;
import java.util.List;

/** The activities that compute: the one list of them. */
public final class Activities implements AutoCloseable {
  private static final List<MethodActivities> METHODS = Providers.of(MethodActivities.class);

  private final List<Object> implementations;

  private Activities(List<Object> implementations) {
    this.implementations = List.copyOf(implementations);
  }

  /** Those that methods share, then each method's own; their units of work run by {@code units}. */
  public static Activities of(Setup setup, UnitsOfWork units) {
    LoadedDatasets datasets = new LoadedDatasets(setup.store(), setup.dataCache());
    Equipment equipment =
        new Equipment(setup.store(), units, setup.metrics(), setup.torch(), datasets);
    List<Object> all = new ArrayList<>();
    all.add(new PrepareDataActivity(setup.store(), units, setup.fetch(), datasets));
    all.add(new NetworkTrainingActivities(equipment));
    all.add(new SampleActivities(equipment));
    all.add(new FittingActivities(equipment));
    METHODS.forEach(method -> all.addAll(method.implementations(equipment)));
    return new Activities(all);
  }

  public List<Object> implementations() {
    return implementations;
  }

  /** Frees what they hold, such as prepared indicators. */
  @Override
  public void close() {
    for (Object each : implementations) {
      if (each instanceof Holding holding) {
        holding.close();
      }
    }
  }
}
