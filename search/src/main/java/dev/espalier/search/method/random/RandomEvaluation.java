package dev.espalier.search.method.random;

import dev.espalier.search.settings.Require;
import dev.espalier.search.settings.TrainingSettings;

/**
 * How every architecture is evaluated: the settings of {@link TrainingSettings}, and a table.
 *
 * @param table the name of an imported table of accuracies to look up instead of training, or empty
 */
public record RandomEvaluation(
    int epochs,
    int batch,
    int trainImages,
    int validationImages,
    int testImages,
    double learningRate,
    double momentum,
    boolean nesterov,
    double weightDecay,
    String schedule,
    int warmupEpochs,
    int decayEvery,
    double decayFactor,
    double clipping,
    double labelSmoothing,
    double dropPath,
    double auxiliaryWeight,
    int cutout,
    boolean augment,
    int imageSize,
    String table) {
  public RandomEvaluation {
    Require.present("table", table);
  }

  /** How every architecture is trained. */
  public TrainingSettings recipe() {
    return new TrainingSettings(
        epochs,
        batch,
        trainImages,
        validationImages,
        testImages,
        learningRate,
        momentum,
        nesterov,
        weightDecay,
        schedule,
        warmupEpochs,
        decayEvery,
        decayFactor,
        clipping,
        labelSmoothing,
        dropPath,
        auxiliaryWeight,
        cutout,
        augment,
        imageSize);
  }
}
