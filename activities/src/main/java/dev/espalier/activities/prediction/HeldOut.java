package dev.espalier.activities.prediction;

import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import java.util.ArrayList;
import java.util.List;

/** What a predictor said of architectures that it was not fitted to. */
final class HeldOut {
  /** Characters of those that are shown: what a workflow's payload can well hold. */
  private static final int MOST_SHOWN = 384 * 1024;

  /** Characters of a prediction beside its architecture, about. */
  private static final int NUMBERS = 90;

  private HeldOut() {}

  /** All of them; of very many the first ones, since which are held out is drawn at random. */
  static List<Prediction> shown(TrainingRows heldOut, double[] predicted) {
    double[] measured = heldOut.accuracies();
    List<Prediction> predictions = new ArrayList<>();
    int characters = 0;
    for (int i = 0; i < predicted.length && characters < MOST_SHOWN; i++) {
      String architecture = heldOut.architectures().get(i).canonical();
      predictions.add(new Prediction(architecture, predicted[i], measured[i]));
      characters += architecture.length() + NUMBERS;
    }
    return predictions;
  }
}
