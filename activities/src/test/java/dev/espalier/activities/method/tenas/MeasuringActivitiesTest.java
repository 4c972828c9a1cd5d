package dev.espalier.activities.method.tenas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.activities.unit.Checkpoints;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.workflows.method.tenas.MeasureActivities;
import dev.espalier.workflows.method.tenas.MeasureActivities.Item;
import dev.espalier.workflows.method.tenas.MeasureActivities.MeasureChunk;
import dev.espalier.workflows.method.tenas.MeasureActivities.Measured;
import dev.espalier.workflows.method.tenas.MeasureActivities.MeasuredChunk;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.failure.ActivityFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks of measurements on a small NAS-Bench-201 supernet. */
final class MeasuringActivitiesTest {
  private static final TeNasSpecification SPECIFICATION =
      TeNasSpecification.preset(
          "quick",
          Map.of(
              "search.ntk.batch", "4",
              "search.ntk.imageSize", "8",
              "search.regions.batch", "10",
              "search.regions.batches", "1"));

  @TempDir private Path folder;

  private Workbench workbench;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private MeasureChunk chunk() {
    String mask = SPECIFICATION.supernet().canonical();
    return new MeasureChunk(
        new StageRef(Workbench.EXPERIMENT, "prune", Workbench.STAGE_KEY),
        0,
        "chunk-1",
        SPECIFICATION.canonical(),
        workbench.dataDigest(),
        List.of(new Item(0, -1, mask), new Item(1, -1, mask), new Item(2, -1, mask)));
  }

  @Test
  void goOnFromWhatAnAttemptBeforeHadMeasured() {
    MeasureChunk chunk = chunk();
    // Not what the first measurement would come to: so it can be told from one taken again.
    Measured before = new Measured(12_345.5, false, 678, false);
    MeasureActivities lost =
        workbench.activities(MeasureActivities.class, new LostAfterOne(workbench, before));
    assertThatThrownBy(() -> lost.measure(chunk)).isInstanceOf(ActivityFailure.class);

    try (MeasuringActivities real = new MeasuringActivities(workbench.equipment())) {
      MeasuredChunk measured = workbench.activities(MeasureActivities.class, real).measure(chunk);
      assertThat(measured.measured()).hasSize(3).startsWith(before).doesNotContainNull();
      assertThat(measured.measured().get(1)).isNotEqualTo(before);
      assertThat(workbench.store().units().checkpoints(unit(chunk).id())).isEmpty();
    }
  }

  private static UnitName unit(MeasureChunk chunk) {
    return new UnitName(
        chunk.ref(),
        "%s/%d/%s".formatted(chunk.ref().stageKey(), chunk.round(), chunk.name()),
        "Measuring");
  }

  /** A worker that keeps one measurement and is gone. */
  private record LostAfterOne(Workbench workbench, Measured one) implements MeasureActivities {
    @Override
    public MeasuredChunk measure(MeasureChunk chunk) {
      UnitName unit = unit(chunk);
      return workbench
          .units()
          .attempt(
              unit,
              new Task<>(chunk, MeasuredChunk.class, 5),
              attempt -> {
                byte[] whole =
                    CanonicalJson.of(new MeasuredChunk(List.of(one)))
                        .getBytes(StandardCharsets.UTF_8);
                new Checkpoints(workbench.store(), workbench.metrics(), unit, attempt)
                    .keep(whole, 0, 1);
                throw new Lost("the worker is gone");
              });
    }
  }
}
