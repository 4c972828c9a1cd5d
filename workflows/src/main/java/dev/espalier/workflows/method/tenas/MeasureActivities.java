package dev.espalier.workflows.method.tenas;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures states of a supernet. */
@ActivityInterface
public interface MeasureActivities {
  /** Measures all items of a chunk; recorded once under the chunk's name. */
  @ActivityMethod(name = "MeasureCandidates")
  MeasuredChunk measure(MeasureChunk chunk);

  /**
   * Some seconds of measuring.
   *
   * @param name names the chunk within the round by its content
   * @param specification canonical JSON
   */
  record MeasureChunk(
      @JsonUnwrapped StageRef ref,
      int round,
      String name,
      String specification,
      String dataDigest,
      List<Item> items) {
    public MeasureChunk {
      items = List.copyOf(items);
    }
  }

  /**
   * One measurement to take.
   *
   * @param repeat from 0
   * @param candidate number of the candidate whose streams are used; -1 where all candidates share
   *     them
   * @param mask the operators that are active, canonical
   */
  record Item(int repeat, int candidate, String mask) {}

  /** The measurements, in the order of the items. */
  record MeasuredChunk(List<Measured> measured) {
    public MeasuredChunk {
      measured = List.copyOf(measured);
    }
  }

  /**
   * @param condition the kernel's condition number; null where it is singular or not finite
   * @param regions number of linear regions
   */
  record Measured(
      @Nullable Double condition, boolean singular, double regions, boolean saturated) {}
}
