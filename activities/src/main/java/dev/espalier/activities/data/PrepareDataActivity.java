package dev.espalier.activities.data;

import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.data.DataActivities;
import dev.espalier.workflows.stage.PreparedData;
import dev.espalier.workflows.stage.StageRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds an experiment's data set in the store, or fetches it. */
public final class PrepareDataActivity implements DataActivities {
  private static final int MAY_THROW = 5;

  private final Store store;
  private final UnitsOfWork units;
  private final DataFetch fetch;
  private final LoadedDatasets datasets;

  public PrepareDataActivity(
      Store store, UnitsOfWork units, DataFetch fetch, LoadedDatasets datasets) {
    this.store = store;
    this.units = units;
    this.fetch = fetch;
    this.datasets = datasets;
  }

  @Override
  public PreparedData prepare(PrepareData request) {
    UnitName unit =
        new UnitName(
            new StageRef(request.experimentId(), "prepare-data", request.stageKey()),
            request.stageKey() + "/data",
            "Preparing data set " + request.name());
    return units.attempt(
        unit,
        new Task<>(request, PreparedData.class, MAY_THROW),
        attempt -> {
          DatasetDocument dataset =
              known(request).orElseGet(() -> fetch.fetch(request.name(), line -> attempt.step()));
          datasets.load(dataset.digest()); // so that a broken artifact shows here, by its name
          return new PreparedData(
              dataset.digest(),
              dataset.channels(),
              dataset.height(),
              dataset.width(),
              dataset.classes(),
              dataset.train(),
              dataset.test(),
              table(request.table()));
        });
  }

  /** What the table's name stands for now: it stays that for the experiment, whatever comes. */
  private @Nullable String table(@Nullable Table table) {
    return table == null
        ? null
        : TableDocuments.find(store, table.name(), null, table.format()).digest();
  }

  private Optional<DatasetDocument> known(PrepareData request) {
    if (request.digest().isEmpty()) {
      return store.datasets().byName(request.name());
    }
    return Optional.of(
        store
            .datasets()
            .byDigest(request.digest())
            .orElseThrow(() ->
                new InvalidInput(
                    "data set %s (%s) is no longer in the store. Import or fetch it again, then retry"
                        .formatted(request.name(), request.digest().substring(0, 12)))));
  }
}
