package dev.espalier.activities.method.metatrain;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.method.MethodActivities;
import java.util.List;

/** The activities that a meta-training has beside the shared ones. */
public final class MetaTrainUnits implements MethodActivities {
  @Override
  public List<Object> implementations(Equipment equipment) {
    return List.of(new MetaTrainWork(equipment));
  }
}
