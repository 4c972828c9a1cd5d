package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.method.MethodActivities;
import java.util.List;

/** The activities that Neural Predictor has beside the shared ones. */
public final class NeuralPredictorUnits implements MethodActivities {
  @Override
  public List<Object> implementations(Equipment equipment) {
    return List.of(
        new CellTablePreparation(equipment),
        new CellMeasuring(equipment),
        new CellFitting(equipment),
        new CandidateRanking(equipment),
        new NeuralPredictorReporting(equipment));
  }
}
