package dev.espalier.search.method.neuralpredictor;

import java.util.ArrayList;
import java.util.List;

/**
 * Settings that are tried against each other by cross validation, every combination of them; an
 * empty list leaves the predictor's own setting.
 *
 * @param epochs passes over the training cells
 * @param learningRate of the optimiser
 * @param batch training cells of one step
 */
public record GridSettings(List<Integer> epochs, List<Double> learningRate, List<Integer> batch) {
  public GridSettings {
    epochs = List.copyOf(epochs);
    learningRate = List.copyOf(learningRate);
    batch = List.copyOf(batch);
  }

  /** Every combination, in the order of the lists; the settings themselves without any. */
  public List<FitSettings> points(FitSettings settings) {
    List<FitSettings> points = new ArrayList<>();
    for (int ofEpochs : epochs.isEmpty() ? List.of(settings.epochs()) : epochs) {
      for (double rate : learningRate.isEmpty() ? List.of(settings.learningRate()) : learningRate) {
        for (int ofBatch : batch.isEmpty() ? List.of(settings.batch()) : batch) {
          points.add(
              new FitSettings(
                  settings.kind(), settings.fitTo(), ofEpochs, rate, ofBatch, settings.members()));
        }
      }
    }
    return points;
  }
}
