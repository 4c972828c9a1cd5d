package dev.espalier.activities.method.tenas;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.method.MethodActivities;
import java.util.List;

/** The activities that TE-NAS has beside the shared ones. */
public final class TeNasUnits implements MethodActivities {
  @Override
  public List<Object> implementations(Equipment equipment) {
    return List.of(new MeasuringActivities(equipment), new TeNasReporting(equipment));
  }
}
