package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.http.IdempotencyKey;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.StageState;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workflows.experiment.StageChain;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.StageKey;
import dev.espalier.workflows.stage.StagePlan;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reruns and forks of an experiment that is finished; by the real launcher, with Temporal away. */
final class RerunApiTest {
  @TempDir private Path folder;
  private EmbeddedStore embedded;
  private Store store;
  private ApiServer server;
  private Http http;
  private String before;

  @BeforeEach
  void open() {
    embedded = EmbeddedStore.open(folder.resolve("espalier.h2"), 0);
    store = Store.connect(embedded.uri());
    server = ApiServer.listen(new ApiOptions(0, "127.0.0.1:1", store, folder));
    http = new Http(server.url());
    new Garden(store).plantData("cifar10-sample", DatasetDocument.IMAGES, 3, 4_000, 1_000);
    String search = "{\"specification\": {\"method\": \"te-nas\", \"data\": \"cifar10-sample\"}}";
    before = id(http.post("/api/experiments", search));
    finish(before);
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
    embedded.close();
  }

  private static String id(HttpResponse<String> response) {
    assertThat(response.body()).isNotEmpty();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return Json.read(response.body(), JsonNode.class).path("id").asText();
  }

  /** Records results of all stages under the keys that its workflow would come to. */
  private void finish(String id) {
    ExperimentDocument experiment = store.experiments().find(id).orElseThrow();
    StageChain chain =
        new StageChain(
            "",
            experiment.specification(),
            Objects.requireNonNull(experiment.numericClass()),
            Plans.of("te-nas"),
            Map.of());
    for (StagePlan stage : chain.plan()) {
      StageKey key = chain.key(stage);
      String salt =
          experiment.origin() == null
              ? ""
              : experiment.origin().salts().getOrDefault(stage.name(), "");
      String recorded = StageKey.salted(key.digest(), stage.shared() ? salt : id);
      String result =
          stage.name().equals("prepare-data")
              ? "{\"dataDigest\":\"%s\"}".formatted(Garden.DATA_DIGEST)
              : "{\"of\":\"%s\"}".formatted(stage.name());
      store
          .stages()
          .claim(
              StageDocument.running(recorded, stage.kind(), CanonicalJson.of(key), List.of()), id);
      store.stages().finish(recorded, result, 10, Map.of());
      store
          .experiments()
          .updateStage(
              id,
              new ExperimentStage(
                  stage.name(), stage.kind(), recorded, StageState.COMPLETED, null));
      chain.add(stage, key.digest(), recorded, result);
    }
  }

  private JsonNode plan(String id, String verb, String body) {
    HttpResponse<String> response =
        http.post("/api/experiments/%s/%s/plan".formatted(id, verb), body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.read(response.body(), JsonNode.class);
  }

  private static List<String> whatOf(JsonNode plan) {
    return plan.path("stages").valueStream().map(stage -> stage.path("what").asText()).toList();
  }

  private String refusal(String path, String body, int status) {
    HttpResponse<String> response = http.post("/api/experiments/" + path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return response.body();
  }

  @Test
  void saysWhichSettingMakesWhichStageAnother() {
    JsonNode plan = plan(before, "rerun", "{\"sets\": {\"evaluation.epochs\": \"7\"}}");

    assertThat(whatOf(plan)).containsExactly("CHECKED", "REUSED", "COMPUTED", "COMPUTED");
    JsonNode change = plan.path("stages").path(2).path("changes").path(0);
    assertThat(change.path("setting").asText()).isEqualTo("evaluation.epochs");
    assertThat(change.path("after").asText()).isEqualTo("7");
    assertThat(plan.path("stages").path(1).path("changes")).isEmpty();
    assertThat(plan.path("seconds").asDouble()).isEqualTo(30);
    assertThat(store.experiments().list()).as("nothing is launched").hasSize(1);
  }

  @Test
  void computesAnewFromTheStageThatIsNamed() {
    JsonNode plan = plan(before, "rerun", "{\"from\": \"evaluate\"}");
    assertThat(whatOf(plan)).containsExactly("CHECKED", "REUSED", "COMPUTED", "COMPUTED");

    String again =
        id(
            http.post(
                "/api/experiments/" + before + "/rerun",
                "{\"from\": \"evaluate\", \"plan\": \"%s\"}"
                    .formatted(plan.path("token").asText())));

    ExperimentDocument launched = store.experiments().find(again).orElseThrow();
    assertThat(launched.specification())
        .isEqualTo(store.experiments().find(before).orElseThrow().specification());
    assertThat(Objects.requireNonNull(launched.origin()).salts())
        .isEqualTo(Map.of("evaluate", again, "report", again));
    assertThat(store.events().list(again).toString())
        .contains("A rerun of " + before + ", anew from evaluate");
  }

  /** What a rerun has computed anew is there for a rerun of it, under its own keys. */
  @Test
  void reusesOfARerunWhatThatHasComputedAnew() {
    String again = id(http.post("/api/experiments/" + before + "/rerun", "{\"from\": \"prune\"}"));
    finish(again);

    String third = id(http.post("/api/experiments/" + again + "/rerun", "{\"from\": \"report\"}"));

    assertThat(whatOf(plan(again, "rerun", "{\"from\": \"report\"}")))
        .containsExactly("CHECKED", "REUSED", "REUSED", "COMPUTED");
    assertThat(
            Objects.requireNonNull(store.experiments().find(third).orElseThrow().origin()).salts())
        .isEqualTo(Map.of("prune", again, "evaluate", again, "report", third));
  }

  @Test
  void forksIntoAnotherSeedReusingNothingThatDependsOnIt() {
    JsonNode plan = plan(before, "fork", "{\"sets\": {\"seed\": \"1\"}}");

    assertThat(whatOf(plan)).containsExactly("CHECKED", "COMPUTED", "COMPUTED", "COMPUTED");
    assertThat(plan.path("stages").path(1).path("changes").path(0).path("setting").asText())
        .isEqualTo("seed");
    String fork =
        id(http.post("/api/experiments/" + before + "/fork", "{\"sets\": {\"seed\": \"1\"}}"));
    assertThat(store.experiments().find(fork).orElseThrow().specification()).contains("\"seed\":1");
  }

  @Test
  void launchesOneExperimentUnderOneKeyThoughThePlanIsAnotherByThen() {
    String token = plan(before, "rerun", "{\"from\": \"report\"}").path("token").asText();
    String body = "{\"from\": \"report\", \"plan\": \"%s\"}".formatted(token);
    String path = "/api/experiments/" + before + "/rerun";
    String again = id(http.post(path, body, IdempotencyKey.HEADER, "once"));
    finish(again);

    assertThat(id(http.post(path, body, IdempotencyKey.HEADER, "once"))).isEqualTo(again);
    HttpResponse<String> other =
        http.post(path, "{\"from\": \"prune\"}", IdempotencyKey.HEADER, "once");
    assertThat(other.statusCode()).isEqualTo(422);
  }

  @Test
  void refusesWhatWouldDoNothingAndWhatIsNotThere() {
    assertThat(refusal(before + "/rerun", "{}", 409))
        .contains("nothing would be computed", "--from", "prune, evaluate, report");
    assertThat(refusal(before + "/rerun", "{\"from\": \"evaluat\"}", 400))
        .contains("has no stage evaluat", "Did you mean evaluate?");
    assertThat(refusal(before + "/rerun", "{\"from\": \"prune\", \"plan\": \"0\"}", 409))
        .contains("plan 0 is not what would be done now");
    assertThat(refusal(before + "/fork", "{\"sets\": {\"evaluation.epoch\": \"1\"}}", 400))
        .contains("evaluation.epochs");
    assertThat(refusal(before + "/fork", "{\"stage\": 1, \"from\": 2}", 400))
        .contains("stage is no part of a rerun", "from must be a text");
    assertThat(refusal("te-nas-nobody/rerun", "{}", 404)).contains("te-nas-nobody");
  }
}
