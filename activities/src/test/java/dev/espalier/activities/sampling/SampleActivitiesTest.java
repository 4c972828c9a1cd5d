package dev.espalier.activities.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.fixture.ArchitectureTableDocuments;
import dev.espalier.activities.fixture.Workbench;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.workflows.evaluation.Trainings;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import dev.espalier.workflows.sampling.SamplingActivities;
import dev.espalier.workflows.sampling.SamplingActivities.CollectRequest;
import dev.espalier.workflows.sampling.SamplingActivities.PageRequest;
import dev.espalier.workflows.sampling.SamplingActivities.PromoteRequest;
import dev.espalier.workflows.sampling.SamplingActivities.SampleRequest;
import dev.espalier.workflows.sampling.SamplingActivities.Sampled;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of architectures, and the evaluations of a sample. */
final class SampleActivitiesTest {
  private static final String CLASS = Torch.cpu().numericClass();

  @TempDir private Path folder;

  private Workbench workbench;
  private SamplingActivities activities;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    activities =
        workbench.activities(SamplingActivities.class, new SampleActivities(workbench.equipment()));
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private static EvolutionSpecification specification(Map<String, String> sets) {
    return EvolutionSpecification.preset("quick", sets);
  }

  private Sampled sample(EvolutionSpecification specification) {
    return activities.sample(
        new SampleRequest(
            new StageRef(Workbench.EXPERIMENT, "sample", Workbench.STAGE_KEY),
            specification.canonical(),
            workbench.dataDigest(),
            null));
  }

  private List<String> all(Sampled sampled) {
    return activities.page(new PageRequest(sampled.architectures(), 0, sampled.count()));
  }

  @Test
  void a_sample_has_different_architectures_within_the_budget() {
    EvolutionSpecification specification =
        specification(Map.of("sample.architectures", "200", "budget.macs", "12e6"));
    List<String> drawn = all(sample(specification));
    assertThat(drawn).hasSize(200).doesNotHaveDuplicates();
    assertThat(drawn)
        .allSatisfy(architecture ->
            assertThat(
                    specification
                        .network()
                        .cost(specification.searchSpace().parse(architecture), 32, 2)
                        .macs())
                .isLessThanOrEqualTo(12_000_000));
  }

  @Test
  void a_list_is_read_page_by_page() {
    Sampled sampled = sample(specification(Map.of("sample.architectures", "10")));
    List<String> pages = new ArrayList<>();
    for (int from = 0; from < 10; from += 4) {
      pages.addAll(activities.page(new PageRequest(sampled.architectures(), from, 4)));
    }
    assertThat(pages).isEqualTo(all(sampled));
  }

  @Test
  void a_sample_from_a_table_has_only_what_the_table_has() {
    ArchitectureTableDocuments.put(
        workbench.store(),
        "measured",
        """
        architecture,validation
        skip|skip|skip|skip|skip,0.1
        sep3|sep3|sep3|sep3|sep3,0.2
        sep7|sep7|sep7|sep7|sep7,0.3
        dil3|dil3|dil3|dil3|dil3,0.4
        dil5|dil5|dil5|dil5|dil5,0.5
        sep5|sep5|sep5|sep5|sep5,0.6
        skip+sep3|skip|skip|skip|skip,0.7
        """);
    Map<String, String> sets =
        new HashMap<>(Map.of("evaluation.table", "measured", "sample.architectures", "6"));
    assertThat(all(sample(specification(sets)))).hasSize(6).doesNotHaveDuplicates();

    sets.put("sample.architectures", "8");
    assertThatThrownBy(() ->
            activities.sample(
                new SampleRequest(
                    new StageRef(Workbench.EXPERIMENT, "sample", "another-key"),
                    specification(sets).canonical(),
                    workbench.dataDigest(),
                    null)))
        .rootCause()
        .hasMessageContaining("sample.architectures (8) is more than table measured has");
  }

  @Test
  void the_better_half_goes_on_and_what_failed_does_not() {
    EvolutionSpecification specification =
        specification(
            Map.of("sample.architectures", "6", "evaluation.epochs", "4", "evaluation.rungs", "2"));
    Sampled sampled = sample(specification);
    List<String> drawn = all(sampled);
    for (int i = 1; i < 6; i++) { // the first one failed
      evaluated(specification, drawn.get(i), 0, 0.1 * i);
    }
    Sampled promoted =
        activities.promote(
            new PromoteRequest(
                new StageRef(Workbench.EXPERIMENT, "evaluate", Workbench.STAGE_KEY),
                specification.canonical(),
                workbench.dataDigest(),
                "",
                sampled.architectures(),
                0,
                null,
                1));
    assertThat(all(promoted)).containsExactly(drawn.get(5), drawn.get(4), drawn.get(3));

    // Longer training made them worse than others that stopped: they are compared with each other.
    evaluated(specification, drawn.get(5), 1, 0.12);
    evaluated(specification, drawn.get(4), 1, 0.15);
    evaluated(specification, drawn.get(3), 1, 0.11);
    EvaluateSampleResult result =
        activities.collect(
            new CollectRequest(
                new StageRef(Workbench.EXPERIMENT, "evaluate", Workbench.STAGE_KEY),
                specification.canonical(),
                workbench.dataDigest(),
                "",
                List.of(sampled.architectures(), promoted.architectures()),
                null,
                1));
    assertThat(result.count()).isEqualTo(5);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.best()).extracting(Row::architecture).isEqualTo(drawn.get(4));
    List<Row> rows = new Lists(workbench.store()).rows(result.rows());
    assertThat(rows).extracting(Row::architecture).isEqualTo(drawn);
    assertThat(rows).extracting(Row::rung).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(rows)
        .extracting(Row::validationAccuracy)
        .containsExactly(null, 0.1, 0.2, 0.11, 0.15, 0.12);
  }

  private void evaluated(
      EvolutionSpecification specification, String architecture, int rung, double accuracy) {
    String id =
        Trainings.recordIdOfSample(
            specification, architecture, rung, workbench.dataDigest(), CLASS, "", null);
    workbench
        .store()
        .evaluations()
        .record(
            new EvaluationDocument(
                id,
                "parallel-ops",
                architecture,
                workbench.dataDigest(),
                "{}",
                0,
                Map.of("validationAccuracy", accuracy),
                List.of(),
                0,
                CLASS,
                Instant.EPOCH));
  }
}
