package dev.espalier.workflows.method.metatrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MetaFitStageImplTest {
  private static List<MetaFitResult.Run> runs(@Nullable Map<String, Double> validation) {
    return List.of(
        new MetaFitResult.Run(
            0, "w", 1, 1, -0.5, List.of(new MetaFitResult.Point(1, 0.5, 0.001, validation))));
  }

  @Test
  void saysByWhatEpochsWereChosen() {
    assertThat(MetaFitStageImpl.metric(false, runs(Map.of("pearson", 0.4))))
        .isEqualTo("Pearson correlation");
    assertThat(MetaFitStageImpl.metric(true, runs(Map.of("loss", 2.0))))
        .isEqualTo("validation loss (negative)");
    assertThat(MetaFitStageImpl.metric(false, runs(null))).isEqualTo("training loss (negative)");
    assertThat(MetaFitStageImpl.metric(true, runs(null))).isEqualTo("training loss (negative)");
  }
}
