package dev.espalier.workflows.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.method.evolution.EvolutionActivities.Evolve;
import dev.espalier.workflows.method.evolution.EvolutionReportActivities.EvolutionReportRequest;
import dev.espalier.workflows.method.random.RandomReportActivities.RandomReportRequest;
import dev.espalier.workflows.method.tenas.MeasureActivities.MeasureChunk;
import dev.espalier.workflows.method.tenas.TeNasReportActivities.ReportRequest;
import dev.espalier.workflows.method.training.TrainingReportActivities.TrainReportRequest;
import dev.espalier.workflows.prediction.PredictorActivities.FitPredictor;
import dev.espalier.workflows.prediction.PredictorActivities.FitSplit;
import dev.espalier.workflows.sampling.SamplingActivities.CollectRequest;
import dev.espalier.workflows.sampling.SamplingActivities.PromoteRequest;
import dev.espalier.workflows.sampling.SamplingActivities.SampleRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories hold requests from before their stage was one value. */
class StageRefTest {
  private static final String LISTS = "\"items\":[],\"rungs\":[]";
  private static final String OLD =
      "{\"experimentId\":\"e\",\"stage\":\"evaluate\",\"stageKey\":\"k\",%s}".formatted(LISTS);

  @ParameterizedTest
  @ValueSource(
      classes = {
        TrainArchitecture.class,
        FitSplit.class,
        FitPredictor.class,
        SampleRequest.class,
        PromoteRequest.class,
        CollectRequest.class,
        MeasureChunk.class,
        Evolve.class,
        EvolutionReportRequest.class,
        RandomReportRequest.class,
        ReportRequest.class,
        TrainReportRequest.class
      })
  void theJsonOfARequestIsWhatItWas(Class<? extends Record> type) {
    Record request = Json.read(OLD, type);
    JsonNode json = Json.tree(request);

    assertThat(request.toString()).contains(new StageRef("e", "evaluate", "k").toString());
    assertThat(json.path("experimentId").asText()).isEqualTo("e");
    assertThat(json.path("stage").asText()).isEqualTo("evaluate");
    assertThat(json.path("stageKey").asText()).isEqualTo("k");
    assertThat(json.has("ref")).isFalse();
  }

  @Test
  void aRequestIsWrittenToTheLetterAsBefore() {
    StageRef stage = new StageRef("e", "prune", "k");

    assertThat(Json.write(new MeasureChunk(stage, 2, "n", "{}", "d", List.of())))
        .isEqualTo(
            "{\"experimentId\":\"e\",\"stage\":\"prune\",\"stageKey\":\"k\",\"round\":2,"
                + "\"name\":\"n\",\"specification\":\"{}\",\"dataDigest\":\"d\",\"items\":[]}");
  }
}
