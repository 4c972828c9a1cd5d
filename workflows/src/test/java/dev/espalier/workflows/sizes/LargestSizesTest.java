package dev.espalier.workflows.sizes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult;
import dev.espalier.workflows.method.tenas.PruneResult;
import dev.espalier.workflows.stage.StagePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each method at the largest sizes that its schema allows keeps below half of each of Temporal's
 * limits. Runs where the environment variable ESPALIER_TEMPORAL names Temporal's command, since
 * limits are the real server's.
 */
@Tag("survival")
@Timeout(900)
final class LargestSizesTest {
  private static final String COMMAND = System.getenv().getOrDefault("ESPALIER_TEMPORAL", "");

  /** Of the largest spaces: architectures of some hundred characters, specifications of 12 KB. */
  private static final int LAYERS = 64;

  @BeforeEach
  void needsAServer() {
    Assumptions.assumeTrue(
        !COMMAND.isEmpty() && Files.isExecutable(Path.of(COMMAND)),
        "SKIPPED: set ESPALIER_TEMPORAL to Temporal's command to run the tests on a real server");
  }

  @Test
  void thousandRandomCells() {
    ExperimentInput input =
        Laboratory.input("cells", Map.of("evaluation.randomCells", "1000", "space", "darts"));
    try (Laboratory laboratory = Laboratory.onServer(Path.of(COMMAND))) {
      complete(laboratory, input);
      EvaluateResult result =
          Json.read(laboratory.store().stageResult("cells", "evaluate"), EvaluateResult.class);
      assertThat(result.evaluations()).hasSize(1001);
    }
  }

  @Test
  void aHundredRepeatsOfSlowMeasurements() {
    ExperimentInput input =
        Laboratory.inputFor(
            "repeats",
            TeNasSpecification.preset(
                "published",
                Map.of(
                    "space", "darts",
                    "search.repeats", "100",
                    "search.images", "candidate",
                    "search.comparison", "published",
                    "search.ntk.batch", "1024",
                    "evaluation.randomCells", "0")),
            "");
    try (Laboratory laboratory = Laboratory.onServer(Path.of(COMMAND))) {
      complete(laboratory, input);
      PruneResult result =
          Json.read(laboratory.store().stageResult("repeats", "prune"), PruneResult.class);
      assertThat(result.rounds()).isNotEmpty();
    }
  }

  @Test
  void theMostTrainingsOfTheWinnerOfManyLayers() {
    evolve("finals", 100, 1, 129, 3);
  }

  @Test
  void theMostFitsOfPredictors() {
    evolve("fits", 100, 428, 0, 1);
  }

  @Test
  void pagesOfALargeSample() {
    evolve("sample", 1_600, 1, 0, 1);
  }

  /** As many fits as can be compared, and as many shards as a ranking is cut into. */
  @Test
  void theMostFitsAndShardsOfANeuralPredictor() {
    String text =
        """
        method: neural-predictor
        preset: published
        space: parallel-ops
        network:
          layers: [%s]
        crossValidation:
          folds: 5
          repeats: 5
          grid: {epochs: [%s]}
        split: {train: 300}
        search: {candidates: 10000000, top: 400, shard: 10, filter: classifier}
        """
            .formatted(
                String.join(",", Collections.nCopies(LAYERS, "{channels: 4096, stride: 1}")),
                IntStream.rangeClosed(1, 20)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(",")));
    try (Laboratory laboratory = Laboratory.onServer(Path.of(COMMAND))) {
      complete(
          laboratory, Laboratory.inputFor("most", SpecificationReader.read(text, Map.of()), ""));
      CellPredictorResult predictor =
          Json.read(
              laboratory.store().stageResult("most", "train-predictor"), CellPredictorResult.class);
      assertThat(predictor.points()).hasSize(20);
      assertThat(laboratory.script().answers("fold/passing/")).isEqualTo(500);
      assertThat(laboratory.script().answers("shard/")).isEqualTo(500);
    }
  }

  private static void evolve(
      String id, int sample, int splits, int randomArchitectures, int seeds) {
    try (Laboratory laboratory = Laboratory.onServer(Path.of(COMMAND))) {
      complete(
          laboratory,
          Laboratory.inputFor(id, evolution(sample, splits, randomArchitectures, seeds), ""));
    }
  }

  private static Specification evolution(
      int sample, int splits, int randomArchitectures, int seeds) {
    String layer = "{channels: 4096, stride: 1}";
    String latencies =
        "[%s]".formatted(String.join(",", Collections.nCopies(6, "0.1234567890123456")));
    String text =
        """
        method: gnn-evolution
        network:
          layers: [%s]
        budget: {macs: 0, latencyTable: [%s]}
        trainFinal: {costTolerance: 1}
        search: {evaluations: 1000000, objectives: [accuracy, macs, parameters, latency]}
        """
            .formatted(
                String.join(",", Collections.nCopies(LAYERS, layer)),
                String.join(",", Collections.nCopies(LAYERS, latencies)));
    return SpecificationReader.read(
        text,
        Map.of(
            "sample.architectures", "" + sample,
            "predictor.splits", "" + splits,
            "trainFinal.randomArchitectures", "" + randomArchitectures,
            "trainFinal.seeds", "" + seeds));
  }

  private static void complete(Laboratory laboratory, ExperimentInput input) {
    laboratory.client().start(input);
    laboratory.awaitEnd(input.experimentId(), Duration.ofMinutes(14));
    assertThat(laboratory.store().state(input.experimentId())).isEqualTo("COMPLETED");
    List<String> stages = input.plan().stream().map(StagePlan::name).toList();
    List<Footprint> footprints = Footprint.of(laboratory, input.experimentId(), stages);
    assertThat(footprints).hasSizeGreaterThan(Plans.of(EvolutionSpecification.METHOD).size() / 2);
    footprints.forEach(Footprint::isModest);
  }
}
