package dev.espalier.workflows.method;

import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import java.util.List;

/**
 * How a method is carried out. Its code runs in workflows: it is deterministic.
 *
 * <p>{@link Plans} finds it by its line in {@code
 * META-INF/services/dev.espalier.workflows.method.MethodPlan}.
 */
public interface MethodPlan {
  /** The method's name, as in specifications. */
  String method();

  /** The stages, in order. */
  List<StagePlan> stages();

  /** The implementations of stages that no other method has. */
  default List<Class<?>> ownStages() {
    return List.of();
  }

  /** The stage whose result says what the stage that trains finalists trains; needed whole. */
  default String finalistsFrom() {
    return "";
  }

  /**
   * The stage whose result is the list that a stage evaluates, a sample; that result is a small
   * one.
   *
   * @param stage that evaluates
   */
  default String sampleFrom(String stage) {
    return "sample";
  }

  /**
   * What the stage that trains finalists trains, in order: first what was found, then what it is
   * compared with; nothing for a method without such a stage.
   *
   * @param input with the whole result of {@link #finalistsFrom}
   */
  default List<Finalist> finalists(StageInput input) {
    return List.of();
  }

  /** That stage in words, such as {@code Training 3 architectures the same way}. */
  default String inWords(StageInput input, int trainings) {
    return "Training %d architectures".formatted(trainings);
  }

  /** What of that stage counts as progress: its trainings, or the epochs of its only one. */
  default Progress progress(StageInput input, int trainings) {
    return new Progress(0, 1, 0, trainings, "trainings");
  }

  /** Runs the unit of work that sums the experiment up: its result, as canonical JSON. */
  String report(StageInput input, PausableUnits units);

  /**
   * An architecture to train.
   *
   * @param role {@code found} or {@code random}
   * @param number of the architecture, for people
   * @param seed of the training
   */
  record Finalist(String architecture, String role, int number, long seed) {
    /** The role of what the method found. */
    public static final String FOUND = "found";

    /** The role of what it is compared with. */
    public static final String RANDOM = "random";

    /** Whether it is what the method found, or one of those it is compared with. */
    public static String role(int number) {
      return number == 0 ? FOUND : RANDOM;
    }
  }
}
