package dev.espalier.activities.method.tenas;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.method.Holding;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Checkpoints;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.learning.indicator.IndicatorMeasurement;
import dev.espalier.learning.indicator.Indicators;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.space.Supernet;
import dev.espalier.store.Recorded;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.tenas.MeasureActivities;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures chunks of candidates; each chunk is recorded once, whoever measured it. */
public final class MeasuringActivities implements MeasureActivities, Holding {
  private final Store store;
  private final UnitsOfWork units;
  private final EspalierMetrics metrics;
  private final IndicatorPool pool;

  public MeasuringActivities(Equipment equipment) {
    this.store = equipment.store();
    this.units = equipment.units();
    this.metrics = equipment.metrics();
    this.pool = new IndicatorPool(equipment.torch(), equipment.datasets());
  }

  @Override
  public MeasuredChunk measure(MeasureChunk chunk) {
    TeNasSpecification specification = Json.read(chunk.specification(), TeNasSpecification.class);
    String id = "%s/%d/%s".formatted(chunk.ref().stageKey(), chunk.round(), chunk.name());
    UnitName unit =
        new UnitName(
            chunk.ref(),
            id,
            "Measuring %d states in round %d".formatted(chunk.items().size(), chunk.round() + 1));
    return units.attempt(
        unit,
        new Task<>(chunk, MeasuredChunk.class, specification.failure().attemptsWithoutProgress()),
        attempt -> {
          MeasuredChunk measured =
              recorded(chunk)
                  .orElseGet(() -> {
                    Checkpoints checkpoints = new Checkpoints(store, metrics, unit, attempt);
                    return record(chunk, measure(chunk, specification, attempt, checkpoints));
                  });
          store.units().discardCheckpoints(unit.id()); // only now: it can be found from here on
          return measured;
        });
  }

  private MeasuredChunk measure(
      MeasureChunk chunk,
      TeNasSpecification specification,
      Attempt attempt,
      Checkpoints checkpoints) {
    return pool.with(
        specification,
        chunk.dataDigest(),
        indicators -> measure(chunk, indicators, attempt, checkpoints));
  }

  /** Chunks of slow measurements take minutes: those that were taken are kept every few seconds. */
  private static MeasuredChunk measure(
      MeasureChunk chunk, Indicators indicators, Attempt attempt, Checkpoints checkpoints) {
    byte[] before = checkpoints.newest();
    List<Measured> measured = new ArrayList<>();
    if (before != null) {
      String json = new String(before, StandardCharsets.UTF_8);
      measured.addAll(Json.read(json, MeasuredChunk.class).measured());
    }
    for (Item item : chunk.items().subList(measured.size(), chunk.items().size())) {
      attempt.orStop();
      if (checkpoints.due()) {
        byte[] whole =
            CanonicalJson.of(new MeasuredChunk(measured)).getBytes(StandardCharsets.UTF_8);
        checkpoints.keep(whole, chunk.round(), measured.size());
      }
      IndicatorMeasurement value =
          indicators.measure(
              new MeasurementRequest(
                  chunk.round(),
                  item.repeat(),
                  item.candidate(),
                  Supernet.parse(item.mask()),
                  true,
                  true),
              attempt::orStop);
      measured.add(
          new Measured(value.condition(), value.singular(), value.regions(), value.saturated()));
    }
    return new MeasuredChunk(measured);
  }

  private Optional<MeasuredChunk> recorded(MeasureChunk chunk) {
    return store
        .measurements()
        .find(chunk.ref().stageKey(), chunk.round(), chunk.name())
        .map(json -> Json.read(json, MeasuredChunk.class));
  }

  /** The first record counts: a second one that differs raises the alarm and is refused. */
  private MeasuredChunk record(MeasureChunk chunk, MeasuredChunk measured) {
    Recorded recorded =
        store
            .measurements()
            .record(
                chunk.ref().stageKey(), chunk.round(), chunk.name(), CanonicalJson.of(measured));
    switch (recorded) {
      case NEW -> {
        store.stages().advance(chunk.ref().stageKey(), chunk.round(), chunk.items().size());
        metrics.candidates(chunk.ref().stage(), chunk.items().size());
        show(chunk, measured);
      }
      case SAME -> {}
      case DIFFERENT ->
          units.nondeterminism(
              chunk.ref().experimentId(), chunk.ref().stage(), chunk.round() + "/" + chunk.name());
    }
    return recorded(chunk).orElse(measured);
  }

  private void show(MeasureChunk chunk, MeasuredChunk measured) {
    for (Measured value : measured.measured()) {
      Double condition = value.condition();
      if (condition != null) {
        metrics.gauge(
            "espalier.ntk.condition",
            "NTK condition number measured last",
            chunk.ref().experimentId(),
            condition);
      }
      metrics.gauge(
          "espalier.linear.regions",
          "Linear regions counted last",
          chunk.ref().experimentId(),
          value.regions());
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
