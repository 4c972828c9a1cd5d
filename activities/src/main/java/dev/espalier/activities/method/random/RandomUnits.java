package dev.espalier.activities.method.random;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.method.MethodActivities;
import java.util.List;

/** The activities that random search has beside the shared ones. */
public final class RandomUnits implements MethodActivities {
  @Override
  public List<Object> implementations(Equipment equipment) {
    return List.of(new RandomReporting(equipment));
  }
}
