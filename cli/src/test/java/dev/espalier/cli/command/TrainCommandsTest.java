package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.view.Examples;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterKind;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.space.darts.DartsPlan;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.method.tenas.TeNasResult;
import dev.espalier.workflows.method.training.TrainResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings at the command line, and what can be taken home from them. */
class TrainCommandsTest {
  private static final String DONE = "train-done22";
  private static final String DIVERGED = "train-nan222";
  private static final String CELL =
      "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|";

  private static final String GENOTYPE_DONE = "train-darts2";
  private static final String SEARCHED = "te-nas-darts2";
  private static final String GENOTYPE =
      DartsSpace.SPACE.random(RandomStream.of(1, "genotype")).canonical();

  @TempDir private static Path folder;
  private static byte[] weights;

  @BeforeAll
  static void fillStore() {
    weights =
        Safetensors.of(
                Map.of("cell", CELL),
                arrays(NetworkPlan.whole(8, 1, 10, 3).parameters(Cell.parse(CELL).mask())))
            .encode();
    DartsShape shape = new DartsShape(DartsShape.Stem.CIFAR, 8, 5, 10, 16, 3);
    byte[] ofGenotype =
        Safetensors.of(
                Map.of("genotype", GENOTYPE),
                arrays(DartsPlan.of(shape).parameters(Genotype.parse(GENOTYPE))))
            .encode();
    try (StoreAccess access = StoreAccess.open(new Home(folder), "test")) {
      StoredExamples.insertAll(access.store());
      Store store = access.store();
      insert(store, DONE, CELL, store.artifacts().put(weights, "weights", Map.of()));
      insert(store, DIVERGED, CELL, null);
      String sha = store.artifacts().put(ofGenotype, "weights", Map.of());
      insert(store, GENOTYPE_DONE, GENOTYPE, sha);
      insertSearch(store, ofSearch());
    }
  }

  /** Of the network of the quick recipe, drawn and not trained. */
  private static List<NamedArray> arrays(List<ParameterSpecification> parameters) {
    ParameterSource source = ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 1);
    List<NamedArray> arrays = new ArrayList<>();
    for (ParameterSpecification each : parameters) {
      arrays.add(new NamedArray(each.name(), each.dimensions(), source.values(each)));
      if (each.kind() == ParameterKind.SHIFT) {
        String prefix = each.name().substring(0, each.name().length() - "bias".length());
        for (String statistic : List.of("running_mean", "running_var")) {
          arrays.add(new NamedArray(prefix + statistic, each.dimensions(), source.values(each)));
        }
      }
    }
    return arrays;
  }

  private static void insert(Store store, String id, String architecture, @Nullable String sha) {
    TrainSpecification specification =
        TrainSpecification.preset("quick", Map.of("architecture", architecture));
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                id,
                specification.canonical(),
                "",
                Plans.of("train").stream()
                    .map(each ->
                        new ExperimentStage(each.name(), each.kind(), "", StageState.PENDING, null))
                    .toList(),
                Examples.START,
                "ada",
                "0.1.0"));
    store.experiments().updateState(id, ExperimentState.RUNNING, null);
    String key = Digest.sha256(id);
    String kind = Plans.of("train").get(1).kind();
    store.stages().claim(StageDocument.running(key, kind, "{}", List.of()), id);
    Double accuracy = sha == null ? null : 0.5;
    store
        .stages()
        .finish(
            key,
            CanonicalJson.of(
                new EvaluateResult(
                    List.of(
                        new Evaluated(
                            "e", architecture, "found", 0L, accuracy, accuracy, accuracy, sha)))),
            12,
            Map.of());
    store
        .experiments()
        .updateStage(id, new ExperimentStage("train", kind, key, StageState.COMPLETED, null));
    store
        .experiments()
        .complete(
            id,
            Digest.sha256("d" + id),
            CanonicalJson.of(
                new TrainResult(
                    architecture,
                    1000,
                    2000,
                    5,
                    sha == null ? null : new Accuracy(0.5, 0.4821),
                    accuracy,
                    sha)));
    if (sha != null) {
      store.experiments().keep(id, "weights", sha);
    }
  }

  /** Of the network that the quick preset trains a found genotype in. */
  private static byte[] ofSearch() {
    DartsShape shape = new DartsShape(DartsShape.Stem.CIFAR, 4, 5, 10, 16, 3);
    return Safetensors.of(
            Map.of("genotype", GENOTYPE),
            arrays(DartsPlan.of(shape).parameters(Genotype.parse(GENOTYPE))))
        .encode();
  }

  /** A search of the DARTS space that has come to its end. */
  private static void insertSearch(Store store, byte[] trained) {
    store
        .experiments()
        .insert(
            ExperimentDocument.launched(
                SEARCHED,
                TeNasSpecification.preset("quick", Map.of("space", "darts")).canonical(),
                "",
                List.of(),
                Examples.START,
                "ada",
                "0.1.0"));
    store.experiments().updateState(SEARCHED, ExperimentState.RUNNING, null);
    store
        .experiments()
        .complete(
            SEARCHED,
            Digest.sha256(SEARCHED),
            CanonicalJson.of(
                new TeNasResult(GENOTYPE, 1, 2, Map.of(), null, List.of(), null, null, Map.of())));
    store
        .experiments()
        .keep(SEARCHED, "weights", store.artifacts().put(trained, "weights", Map.of()));
  }

  private static Shell.Result run(String... arguments) {
    return new Shell(folder).run(arguments);
  }

  @Test
  void showPrintsTheCardWithWhatIsLeftOfIt() {
    assertThat(run("show", DONE).out())
        .contains(CELL, "48.21 %", "trained by recipe quick", "weights.safetensors", "report.html");
    assertThat(run("show", DIVERGED).out()).contains("diverged").doesNotContain("safetensors");
  }

  @Test
  void everyFileIsListedWithItsDigestAndSize() {
    run("show", DONE);
    JsonNode files = Json.read(run("show", DONE, "--json").out(), JsonNode.class).path("artifacts");
    assertThat(files.findValuesAsText("name"))
        .containsExactly("weights.safetensors", "report.html");
    assertThat(files.at("/0/digest").asText()).isEqualTo(Digest.sha256(weights));
    assertThat(files.at("/0/bytes").asInt()).isEqualTo(weights.length);
    Shell.Result report = run("export", DONE, "--format", "html");
    assertThat(files.at("/1/digest").asText()).isEqualTo(Digest.sha256(report.out()));
  }

  @Test
  void exportsWeightsNetworkAndNotation() throws IOException {
    Path file = folder.resolve("network.safetensors");
    assertThat(run("export", DONE, "--format", "safetensors", "-o", file.toString()).status())
        .isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(weights);
    Path onnx = folder.resolve("network.onnx");
    assertThat(run("export", DONE, "--format", "onnx", "-o", onnx.toString()).status()).isZero();
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(onnx));
    assertThat(model.getOpsetImport(0).getVersion()).isGreaterThanOrEqualTo(13);
    assertThat(
            model
                .getGraph()
                .getInput(0)
                .getType()
                .getTensorType()
                .getShape()
                .getDim(0)
                .getDimParam())
        .isEqualTo("batch");
    assertThat(run("export", DONE, "--format", "genotype").out()).isEqualTo(CELL + "\n");
    Shell.Result printed = run("export", DONE, "--format", "onnx", "-o", "-");
    assertThat(printed.status()).isEqualTo(2);
    assertThat(printed.err()).contains("name a file with -o");
  }

  @Test
  void exportsItsNumbersForNotebooks() throws IOException {
    Path csv = folder.resolve("numbers.csv");
    assertThat(run("export", DONE, "--format", "csv", "-o", csv.toString()).status()).isZero();
    assertThat(Files.readString(csv))
        .startsWith("stage,series,round,step,value\n")
        .contains(",result/evaluations/testAccuracy,0,0,0.5\n");
    Path parquet = folder.resolve("numbers.parquet");
    assertThat(
            run("export", DONE, "--format", "parquet", "--series", "result", "-o", "" + parquet)
                .status())
        .isZero();
    assertThat(new String(Files.readAllBytes(parquet), StandardCharsets.ISO_8859_1))
        .startsWith("PAR1")
        .endsWith("PAR1");
    Shell.Result none = run("export", DONE, "--format", "csv", "--series", "resullt");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("has no series resullt", "result/evaluations/seed");
    assertThat(run("export", DONE, "--format", "json", "--series", "result").err())
        .contains("--series goes with");
  }

  @Test
  void aTrainedGenotypeIsShownAndExported() throws IOException {
    assertThat(run("show", GENOTYPE_DONE).out())
        .contains("sep_conv", "48.21 %", "trained by recipe quick", "weights.safetensors");
    assertThat(run("export", GENOTYPE_DONE, "--format", "genotype").out())
        .isEqualTo(GENOTYPE + "\n");
    assertThat(run("export", GENOTYPE_DONE, "--format", "svg").out()).contains("<svg");
    Path onnx = folder.resolve("genotype.onnx");
    Shell.Result exported = run("export", GENOTYPE_DONE, "--format", "onnx", "-o", onnx.toString());
    assertThat(exported.status()).as(exported.err()).isZero();
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(onnx));
    assertThat(model.getMetadataPropsList())
        .anyMatch(each -> each.getKey().equals("genotype") && each.getValue().equals(GENOTYPE));
    assertThat(model.getGraph().getInitializerList())
        .anyMatch(each -> each.getName().startsWith("cells.4."));
  }

  @Test
  void aSearchOfTheDartsSpaceGivesItsGenotypeAndNetwork() throws IOException {
    assertThat(run("export", SEARCHED, "--format", "genotype").out()).isEqualTo(GENOTYPE + "\n");
    Path onnx = folder.resolve("searched.onnx");
    Shell.Result exported = run("export", SEARCHED, "--format", "onnx", "-o", onnx.toString());
    assertThat(exported.status()).as(exported.err()).isZero();
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(onnx));
    assertThat(model.getGraph().getInitializerList())
        .anyMatch(each -> each.getName().startsWith("cells.4."));
  }

  @Test
  void whereThereAreNoWeightsItSaysWhatToDo() {
    Shell.Result diverged = run("export", DIVERGED, "--format", "onnx");
    assertThat(diverged.status()).isEqualTo(2);
    assertThat(diverged.err())
        .contains("diverged", "espalier train " + DIVERGED + " --set evaluation.learningRate");
    Shell.Result running = run("export", StoredExamples.RUNNING, "--format", "safetensors");
    assertThat(running.status()).isEqualTo(2);
    assertThat(running.err()).contains("it is running", "espalier watch " + StoredExamples.RUNNING);
  }

  @Test
  void mistakesAreExplainedBeforeAnythingStarts() {
    Shell.Result unknown = run("train", "nothing");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("there is no experiment \"nothing\"");
    Shell.Result running = run("train", StoredExamples.RUNNING);
    assertThat(running.status()).isEqualTo(2);
    assertThat(running.err()).contains("has found no architecture yet");
    Shell.Result wrong = run("train", "skip|sep4|sep3|sep3|sep3", "--recipe", "dart-cifar");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("sep4", "Did you mean darts-cifar?");
    assertThat(run("train", CELL, "--space", "darts").err()).contains("architecture: ");
    assertThat(run("train", CELL, "--epochs", "0").err())
        .contains("evaluation.epochs must be between 1 and 10000, but was 0. Use 200");
  }
}
