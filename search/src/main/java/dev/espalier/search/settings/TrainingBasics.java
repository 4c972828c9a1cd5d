package dev.espalier.search.settings;

/**
 * What every recipe says of the training of a network: how long, on what, by which descent. Its
 * settings stand among those of whoever has it, in JSON as well.
 *
 * @param epochs over which the schedule is laid out
 * @param batch images of one step
 * @param trainImages at most so many images of the training split
 * @param validationImages at most so many images of the validation split; they make the curve and
 *     decide
 * @param testImages at most so many test images, looked at once, at the end, and reported only
 * @param weightDecay on all parameters
 * @param cutout side in pixels of the erased square; 0 for none
 * @param augment whether training images are flipped and cropped at random
 * @param imageSize height and width in pixels; larger images are averaged down to it
 */
public record TrainingBasics(
    int epochs,
    int batch,
    int trainImages,
    int validationImages,
    int testImages,
    double learningRate,
    double momentum,
    boolean nesterov,
    double weightDecay,
    int cutout,
    boolean augment,
    int imageSize) {
  public TrainingBasics {
    Require.positive("epochs", epochs);
    Require.positive("batch", batch);
    Require.positive("trainImages", trainImages);
    Require.positive("validationImages", validationImages);
    Require.positive("testImages", testImages);
    Require.notNegative("learningRate", learningRate);
    Require.notNegative("momentum", momentum);
    Require.notNegative("weightDecay", weightDecay);
    Require.notNegative("cutout", cutout);
    Require.positive("imageSize", imageSize);
  }
}
