package dev.espalier.activities.method.metad2a;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.method.MethodActivities;
import java.util.List;

/** The activities that MetaD2A has beside the shared ones. */
public final class MetaD2aUnits implements MethodActivities {
  @Override
  public List<Object> implementations(Equipment equipment) {
    return List.of(new MetaD2aSearching(equipment));
  }
}
