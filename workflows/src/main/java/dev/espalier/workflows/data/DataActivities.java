package dev.espalier.workflows.data;

import dev.espalier.workflows.stage.PreparedData;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Data sets. */
@ActivityInterface
public interface DataActivities {
  /** Finds a data set in the store, or fetches it from where its name says. */
  @ActivityMethod(name = "PrepareData")
  PreparedData prepare(PrepareData request);

  /**
   * @param stageKey the stage it is for
   * @param name the data set's name
   * @param digest the content it must have, empty for whatever the name stands for now
   * @param table the table that accuracies are looked up in, null for none
   */
  record PrepareData(
      String experimentId, String stageKey, String name, String digest, @Nullable Table table) {}

  /**
   * A table by its name, for whatever the name stands for now.
   *
   * @param format by which it is imported
   */
  record Table(String name, String format) {}
}
