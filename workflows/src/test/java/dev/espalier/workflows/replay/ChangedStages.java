package dev.espalier.workflows.replay;

import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.data.PrepareDataStage;
import dev.espalier.workflows.evaluation.EvaluateStage;
import dev.espalier.workflows.evaluation.TrainingActivities;
import dev.espalier.workflows.evaluation.TrainingActivities.TrainArchitecture;
import dev.espalier.workflows.method.tenas.TeNasReportActivities;
import dev.espalier.workflows.method.tenas.TeNasReportActivities.ReportRequest;
import dev.espalier.workflows.report.ReportStage;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.Bookkeeping.StageProgressNote;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.workflow.Workflow;

/** Stages that someone changed without thinking of the experiments that are running. */
public final class ChangedStages {
  private ChangedStages() {}

  /** An activity more, before the one that was always first. */
  public static final class NotesBeforeTheReport implements ReportStage {
    @Override
    public String run(StageInput input) {
      Workflow.newActivityStub(Bookkeeping.class, ActivityRules.bookkeeping(null))
          .stageProgress(new StageProgressNote(input.key(), new Progress(0, 1, 0, 1, "reports")));
      ReportRequest request = new ReportRequest(new StageRef("", "", ""), "", "", "", "", null);
      return Workflow.newActivityStub(
              TeNasReportActivities.class, ActivityRules.compute(NumericClasses.CPU, null))
          .report(request)
          .toString();
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}
  }

  /** An activity less. */
  public static final class PreparesNothing implements PrepareDataStage {
    @Override
    public String run(StageInput input) {
      return "{}";
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}
  }

  /** The same activities the other way round. */
  public static final class TrainsBeforeItAnnounces implements EvaluateStage {
    @Override
    public String run(StageInput input) {
      TrainArchitecture training =
          new TrainArchitecture(
              new StageRef("", "", ""),
              "",
              "",
              "",
              "",
              "",
              0,
              "",
              "",
              "",
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null);
      String trained =
          Workflow.newActivityStub(
                  TrainingActivities.class, ActivityRules.compute(NumericClasses.CPU, null))
              .train(training)
              .toString();
      Workflow.newActivityStub(Bookkeeping.class, ActivityRules.bookkeeping(null))
          .stageProgress(new StageProgressNote(input.key(), new Progress(0, 1, 0, 1, "trainings")));
      return trained;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}
  }
}
