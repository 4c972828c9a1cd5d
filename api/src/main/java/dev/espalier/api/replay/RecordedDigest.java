package dev.espalier.api.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.StageName;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.workflows.experiment.ExperimentDigest;
import java.util.List;

/** The digest that an experiment with these stages has. */
final class RecordedDigest {
  private RecordedDigest() {}

  static String of(ExperimentDocument experiment, List<RecordedStage> stages) {
    ExperimentDigest digest =
        new ExperimentDigest(experiment.specification(), RecordedStage.numericClass(experiment));
    String data = "";
    for (RecordedStage stage : stages) {
      digest.add(stage.name(), stage.unsalted(), stage.result());
      if (StageName.of(stage.name()).isOwn()) { // what is made first may be about other data
        data = Json.read(stage.result(), JsonNode.class).path("dataDigest").asText(data);
      }
    }
    return digest.digest(data);
  }
}
