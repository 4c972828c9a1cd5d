package dev.espalier.workflows.method.metad2a;

import dev.espalier.search.canonical.Json;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.StageInput;
import io.temporal.workflow.Workflow;

/** What the stages of the method hand on to each other: all of it small. */
final class Handed {
  private Handed() {}

  static MetaD2aActivities activities(StageInput input) {
    return Workflow.newActivityStub(
        MetaD2aActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  static PreparedSearch prepared(StageInput input) {
    return Json.read(input.input("prepare-data"), PreparedSearch.class);
  }

  static EncodedData encoded(StageInput input) {
    return Json.read(input.input("encode"), EncodedData.class);
  }

  static GeneratedArchitectures generated(StageInput input) {
    return Json.read(input.input("generate"), GeneratedArchitectures.class);
  }
}
