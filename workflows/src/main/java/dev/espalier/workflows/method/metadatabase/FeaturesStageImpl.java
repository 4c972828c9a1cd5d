package dev.espalier.workflows.method.metadatabase;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.workflows.method.metadatabase.EncoderActivities.EncodeClasses;
import dev.espalier.workflows.method.metadatabase.EncoderActivities.EncodedClasses;
import dev.espalier.workflows.method.metadatabase.EncoderActivities.JoinFeatures;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.StageProgressNote;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.PausableUnits.Outcome;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageNotes;
import dev.espalier.workflows.stage.TypedFailures;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Some classes a unit of work, as many in flight as a window allows; then one that joins them. */
public final class FeaturesStageImpl implements FeaturesStage {
  private static final int WINDOW = 64;

  /** Units, at most: some thousand events of history. */
  private static final int MOST_UNITS = 400;

  private final PausableUnits units;
  private final Bookkeeping bookkeeping;
  private final EncoderActivities activities;

  @WorkflowInit
  public FeaturesStageImpl(StageInput input) {
    StageNotes notes = new StageNotes(input);
    units = notes.units();
    bookkeeping = notes.bookkeeping();
    activities =
        Workflow.newActivityStub(
            EncoderActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
  }

  @Override
  public String run(StageInput input) {
    return TypedFailures.typed(() -> CanonicalJson.of(features(input)));
  }

  private JoinedFeatures features(StageInput input) {
    PreparedTasks prepared = Json.read(input.input("prepare-data"), PreparedTasks.class);
    TrainedEncoder encoder =
        Json.read(input.input("train-encoder"), TrainedEncoder.class).with(prepared.weights());
    List<EncodedClasses> parts =
        prepared.featureFile() == null ? encoded(input, prepared, encoder) : List.of();
    return SingleUnit.run(
        units,
        new JoinFeatures(
            input.ref(),
            input.specification(),
            input.dataDigest(),
            encoder,
            parts,
            prepared.featureFile()),
        activities::join);
  }

  private List<EncodedClasses> encoded(
      StageInput input, PreparedTasks prepared, TrainedEncoder encoder) {
    List<EncodeClasses> asked = new ArrayList<>();
    int step =
        Math.max(classesOfUnit(input, prepared), Math.ceilDiv(prepared.classes(), MOST_UNITS));
    for (int from = 0; from < prepared.classes(); from += step) {
      asked.add(
          new EncodeClasses(
              input.ref(),
              input.specification(),
              input.dataDigest(),
              Objects.requireNonNull(encoder.weights()),
              from,
              Math.min(prepared.classes(), from + step)));
    }
    bookkeeping.stageProgress(
        new StageProgressNote(input.key(), new Progress(0, 1, 0, asked.size(), "parts")));
    List<EncodedClasses> parts = new ArrayList<>();
    for (Outcome<EncodedClasses> outcome :
        units.run(asked, WINDOW, activities::encode, (_, _) -> {})) {
      parts.add(SingleUnit.orFail(outcome));
    }
    return parts;
  }

  /** So many that a unit of work carries seconds of it. */
  private static int classesOfUnit(StageInput input, PreparedTasks prepared) {
    int asked =
        Json.read(input.specification(), MetaDatabaseSpecification.class)
            .features()
            .imagesPerClass();
    int images = asked == 0 ? Math.ceilDiv(prepared.train(), prepared.classes()) : asked;
    return Math.max(1, 1024 / Math.max(1, images));
  }

  @Override
  public void pause() {
    units.pause();
  }

  @Override
  public void resume() {
    units.resume();
  }
}
