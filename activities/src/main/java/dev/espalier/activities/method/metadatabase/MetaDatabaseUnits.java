package dev.espalier.activities.method.metadatabase;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.method.MethodActivities;
import java.util.List;

/** The activities that the making of a meta-database has beside the shared ones. */
public final class MetaDatabaseUnits implements MethodActivities {
  @Override
  public List<Object> implementations(Equipment equipment) {
    return List.of(
        new TaskWork(equipment), new EncoderWork(equipment), new MetaDatabaseReporting(equipment));
  }
}
