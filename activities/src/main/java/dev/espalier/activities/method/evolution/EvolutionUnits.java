package dev.espalier.activities.method.evolution;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.method.MethodActivities;
import java.util.List;

/** The activities that guided evolution has beside the shared ones. */
public final class EvolutionUnits implements MethodActivities {
  @Override
  public List<Object> implementations(Equipment equipment) {
    return List.of(new EvolvingActivities(equipment), new EvolutionReporting(equipment));
  }
}
