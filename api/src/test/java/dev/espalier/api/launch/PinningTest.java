package dev.espalier.api.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.search.method.UsesLatencies;
import dev.espalier.search.settings.MeasuredLatencies;
import dev.espalier.search.settings.OwnProgram;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ModelDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a specification names is meant by its digest from the launch on")
final class PinningTest {
  private static final String DIGEST = Digest.sha256("ofa");
  private static final String NETWORK = "k3e3-k5e6|k7e4-k3e3|k3e6-k3e6|k5e4-k5e4-k5e4|k7e6-k7e6";

  @TempDir private Path folder;
  private EmbeddedStore embedded;
  private Store store;

  @BeforeEach
  void open() {
    embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
    store = Store.connect(embedded.uri());
    model("ofa", DIGEST, "supernet", Map.of("width", "0.25", "classes", "1000"));
    model("generator", Digest.sha256("g"), "metad2a-generator", Map.of("latent", "8"));
  }

  @AfterEach
  void close() {
    store.close();
    embedded.close();
  }

  private void model(String name, String digest, String kind, Map<String, String> sizes) {
    store
        .models()
        .put(
            new ModelDocument(
                digest,
                name,
                kind,
                "mobilenet-v3",
                sizes,
                digest,
                "pytorch",
                Map.of(),
                Instant.EPOCH));
  }

  private static Specification specification(String method, Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(sets);
    all.put(
        method.equals("train") ? "architecture" : "space",
        method.equals("train") ? NETWORK : "mobilenet-v3");
    return SpecificationReader.read("method: " + method, all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "random", "metad2a-database", "metad2a"})
  void aSupernetOfEveryMethodThatTrainsSuchNetworks(String method) {
    for (String name : List.of("ofa", DIGEST)) {
      Pinning pinning = new Pinning(store, true);
      Specification pinned =
          pinning.pinned(specification(method, Map.of("network.supernet", name)));
      assertThat(pinning.problems()).isEmpty();
      assertThat(((TrainsNetworks) pinned).training().network().supernet()).isEqualTo(DIGEST);
      assertThat(((TrainsNetworks) pinned).protocol().at("/network/supernet").asText())
          .isEqualTo(DIGEST);
    }
  }

  @Test
  void whatNamesNothingStaysAsItIs() {
    Specification fresh = specification("random", Map.of());
    assertThat(new Pinning(store, true).pinned(fresh).canonical()).isEqualTo(fresh.canonical());
    Specification other = SpecificationReader.read("method: te-nas", Map.of());
    assertThat(new Pinning(store, true).pinned(other).canonical()).isEqualTo(other.canonical());
  }

  @Test
  void whatIsNotThereOrSomethingElseIsToldWithAllOtherProblems() {
    assertThat(problems(Map.of("network.supernet", "ofb")))
        .containsExactly(
            "network.supernet: no model is called ofb. Did you mean ofa? Run: espalier model import FILE --name NAME");
    assertThat(problems(Map.of("network.supernet", "generator")))
        .singleElement()
        .asString()
        .startsWith(
            "network.supernet: model generator is a metad2a-generator for mobilenet-v3, but a supernet for");
    assertThat(problems(Map.of("network.supernet", "ofa", "network.width", "1.2")))
        .containsExactly(
            "network.width is 1.2, but supernet ofa has width 0.25: set network.width to 0.25");
  }

  @Test
  void aProgramOfOnesOwnBecomesTheDigestOfItsFolder(@TempDir Path folder) throws IOException {
    Path script = Files.writeString(folder.resolve("train.py"), "print(1)\n");
    Specification written = withCommand(script, "{architecture}");
    Specification pinned = new Pinning(store, true).pinned(written);
    OwnProgram program = ((TrainsNetworks) pinned).training().recipe().own();
    assertThat(program.program()).matches("[0-9a-f]{64}");
    assertThat(program.command()).containsExactly("python3", "train.py", "{architecture}");
    assertThat(new Pinning(store, true).pinned(pinned).canonical())
        .as("taken once, it stays")
        .isEqualTo(pinned.canonical());
    assertThat(((TrainsNetworks) pinned).protocol().path("program").asText())
        .as("it is in the ids of evaluations")
        .isEqualTo(program.program());

    Files.writeString(script, "print(2)\n");
    assertThat(new Pinning(store, true).pinned(written).canonical())
        .isNotEqualTo(pinned.canonical());
  }

  @Test
  void aProgramIsRefusedWhereNoneMayBeLaunchedOrItIsNotHere(@TempDir Path folder)
      throws IOException {
    Path script = Files.writeString(folder.resolve("train.py"), "print(1)\n");
    Pinning forbidden = new Pinning(store, false);
    forbidden.pinned(withCommand(script, "{architecture}"));
    assertThat(forbidden.problems())
        .singleElement()
        .asString()
        .contains("this installation runs no commands", "ESPALIER_COMMANDS=on");
    Pinning missing = new Pinning(store, true);
    missing.pinned(withCommand(folder.resolve("other.py"), "{architecture}"));
    assertThat(missing.problems()).isEmpty(); // a whole path may be a worker's own
    missing.pinned(
        SpecificationReader.read(
            "{\"method\": \"random\", \"evaluation\": {\"command\": [\"python3\", \"t.py\", \"{architecture}\"]}}",
            Map.of()));
    assertThat(missing.problems())
        .containsExactly(
            "evaluation.command: there is no t.py in the program's folder: name the folder with evaluation.program");
  }

  private static Specification withCommand(Path script, String placeholder) {
    return SpecificationReader.read(
        "method: random",
        Map.of("evaluation.command", "[python3, %s, '%s']".formatted(script, placeholder)));
  }

  private List<String> problems(Map<String, String> sets) {
    return problems("random", sets);
  }

  private List<String> problems(String method, Map<String, String> sets) {
    Pinning pinning = new Pinning(store, true);
    pinning.pinned(specification(method, sets));
    return pinning.problems();
  }

  private String latencies(String name, String csv) {
    String artifact =
        store.artifacts().put(csv.getBytes(StandardCharsets.UTF_8), "latencies", Map.of());
    store
        .datasets()
        .put(
            new DatasetDocument(
                artifact,
                name,
                DatasetDocument.LATENCIES,
                new DatasetContents(0, 0, 0, 0, List.of("phone"), 1, 0),
                artifact,
                "latencies",
                Instant.EPOCH));
    return artifact;
  }

  private static Map<String, String> limit(String table, String device, String imageSize) {
    return Map.of(
        "budget.latency", "9",
        "budget.latencies.table", table,
        "budget.latencies.device", device,
        "budget.latencies.imageSize", imageSize);
  }

  @Test
  void measuredLatencies() {
    String digest =
        latencies(
            "phones", "architecture,r,phone\n%s,160,8\n%s,224,9\n".formatted(NETWORK, NETWORK));
    for (String name : List.of("phones", digest)) {
      Pinning pinning = new Pinning(store, true);
      Specification pinned = pinning.pinned(specification("metad2a", limit(name, "phone", "160")));
      assertThat(pinning.problems()).isEmpty();
      assertThat(((UsesLatencies) pinned).latencies().orElseThrow())
          .isEqualTo(new MeasuredLatencies(digest, "phone", 160));
    }
  }

  @Test
  void measuredLatenciesAllAboveTheLimitAreRefused() {
    latencies("phones", "architecture,r,phone\n%s,160,9.5\n%s,224,8\n".formatted(NETWORK, NETWORK));
    assertThat(problems("metad2a", limit("phones", "phone", "160")))
        .containsExactly(
            "budget.latency is 9.0 ms, but by phones no architecture takes less than 9.500 ms: raise it");
    assertThat(problems("metad2a", limit("phones", "phone", "224"))).isEmpty();
  }

  @Test
  void measuredLatenciesThatCannotJudgeTheSearchAreRefused() {
    latencies("phones", "architecture,r,phone\n%s,160,8\n%s,224,9\n".formatted(NETWORK, NETWORK));
    latencies("cells", "arch,phone\n%s,7\n".formatted(Cell.ofIndex(3)));
    assertThat(problems("metad2a", limit("phone", "phone", "160")))
        .containsExactly(
            "budget.latencies.table: there are no latencies phone. Did you mean phones? "
                + "Imported are: cells, phones. "
                + "Run: espalier data import FILE --format latencies --name phone");
    assertThat(problems("metad2a", limit("phones", "pixel", "160")))
        .containsExactly("budget.latencies: phones has no device \"pixel\": it has phone.");
    assertThat(problems("metad2a", limit("phones", "phone", "16")))
        .containsExactly(
            "budget.latencies.imageSize: phones was measured with images of 160 to 224 pixels, not 16: set it to 160");
    assertThat(problems("metad2a", limit("cells", "phone", "160")))
        .singleElement()
        .asString()
        .startsWith(
            "budget.latencies: cells: 1 of 1 rows are no architectures of the space mobilenet-v3");
    store
        .datasets()
        .put(
            new DatasetDocument(
                DIGEST,
                "images",
                DatasetDocument.IMAGES,
                new DatasetContents(3, 8, 8, 2, List.of("a", "b"), 8, 2),
                DIGEST,
                "folder",
                Instant.EPOCH));
    assertThat(problems("metad2a", limit("images", "phone", "160")))
        .singleElement()
        .asString()
        .startsWith("budget.latencies.table: images is a set of images, not measured latencies");
  }
}
