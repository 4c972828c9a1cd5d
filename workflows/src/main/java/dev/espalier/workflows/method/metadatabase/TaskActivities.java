package dev.espalier.workflows.method.metadatabase;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.PreparedData;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks, and the databases that their evaluations make. */
@ActivityInterface
public interface TaskActivities {
  /** Finds what was imported under the names in the specification. */
  @ActivityMethod(name = "PrepareTasks")
  PreparedTasks prepare(PrepareTasks request);

  /** Draws the tasks and the architectures of each. */
  @ActivityMethod(name = "DrawTasks")
  DrawnTasks draw(DrawTasks request);

  /** Some of all that is evaluated, in order. */
  @ActivityMethod(name = "PageOfTasks")
  List<TaskArchitecture> page(PageOfTasks request);

  /** Puts the evaluations together to the databases of generator and predictor. */
  @ActivityMethod(name = "AssembleMetaDatabases")
  AssembledDatabases assemble(AssembleDatabases request);

  record PrepareTasks(@JsonUnwrapped StageRef ref, String specification, PreparedData data) {}

  /**
   * @param taskDatabase digest of the database whose tasks are taken; null to draw them
   */
  record DrawTasks(
      @JsonUnwrapped StageRef ref,
      String specification,
      String dataDigest,
      @Nullable String taskDatabase) {}

  /**
   * @param rows of {@link DrawnTasks}
   * @param images digest of the data that the tasks are parts of
   * @param from counted over the architectures of all tasks
   */
  record PageOfTasks(String rows, String images, int from, int count) {}

  /**
   * An architecture of a task.
   *
   * @param data digest of the images of the task's classes
   */
  record TaskArchitecture(int task, String data, String architecture) {}

  /**
   * @param rows of {@link DrawnTasks}
   * @param salt what {@code run --fresh} adds to the ids of evaluations
   * @param failed trainings that failed
   * @param features digest of those of the images; null from older workflows
   */
  record AssembleDatabases(
      @JsonUnwrapped StageRef ref,
      String specification,
      String dataDigest,
      @Nullable String salt,
      String rows,
      int failed,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String features) {}
}
