package dev.espalier.search.settings;

/**
 * How a network is trained for good.
 *
 * @param batch images of one step
 * @param trainImages at most so many images of the training split
 * @param validationImages at most so many images of the validation split; they make the curve
 * @param testImages at most so many test images, looked at once, at the end
 * @param schedule {@code cosine}, {@code linear} or {@code step}
 * @param warmupEpochs over which the rate rises
 * @param decayEvery epochs between two drops of the rate; {@code step} only
 * @param decayFactor what the rate is multiplied by at each drop; {@code step} only
 * @param clipping the largest norm of all gradients together; 0 for none
 * @param labelSmoothing the share of each target spread over all classes
 * @param dropPath the probability, at the end, that an image loses a path
 * @param auxiliaryWeight of the loss of an auxiliary head; 0 for none
 * @param cutout side in pixels of the erased square; 0 for none
 * @param augment whether training images are flipped and cropped at random
 * @param imageSize height and width in pixels; larger images are averaged down to it
 */
public record TrainingSettings(
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
    int imageSize) {
  public TrainingSettings {
    Require.positive("epochs", epochs);
    Require.positive("batch", batch);
    Require.positive("trainImages", trainImages);
    Require.positive("validationImages", validationImages);
    Require.positive("testImages", testImages);
    Require.notNegative("learningRate", learningRate);
    Require.notNegative("momentum", momentum);
    Require.notNegative("weightDecay", weightDecay);
    Require.oneOf("schedule", schedule, "cosine", "linear", "step");
    Require.notNegative("warmupEpochs", warmupEpochs);
    Require.positive("decayEvery", decayEvery);
    Require.notNegative("decayFactor", decayFactor);
    Require.notNegative("clipping", clipping);
    Require.notNegative("labelSmoothing", labelSmoothing);
    Require.notNegative("dropPath", dropPath);
    Require.notNegative("auxiliaryWeight", auxiliaryWeight);
    Require.notNegative("cutout", cutout);
    Require.positive("imageSize", imageSize);
  }
}
