package dev.espalier.activities.method.training;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.method.MethodActivities;
import java.util.List;

/** The activities that a training has beside the shared ones. */
public final class TrainingUnits implements MethodActivities {
  @Override
  public List<Object> implementations(Equipment equipment) {
    return List.of(new TrainingReporting(equipment));
  }
}
