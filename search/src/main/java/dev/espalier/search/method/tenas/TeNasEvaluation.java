package dev.espalier.search.method.tenas;

import dev.espalier.search.settings.Require;
import dev.espalier.search.settings.TrainingSettings;

/**
 * How the found cell is judged: trained for real beside random cells, and looked up in a table if
 * one is named.
 *
 * @param randomCells cells drawn at random and trained the same way
 * @param channels of the network's first stage (C)
 * @param cells of each stage (N); in the darts space, of the whole network
 * @param batch images of one step
 * @param trainImages at most so many images of the training split
 * @param validationImages at most so many images of the validation split
 * @param testImages at most so many test images
 * @param cutout side in pixels of the erased square; 0 for none
 * @param augment whether training images are flipped and cropped at random
 * @param imageSize height and width in pixels; larger images are averaged down to it
 * @param table the name of an imported nas-bench-201 table, or empty
 */
public record TeNasEvaluation(
    int randomCells,
    int channels,
    int cells,
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
    int imageSize,
    String table) {
  public TeNasEvaluation {
    Require.notNegative("randomCells", randomCells);
    Require.positive("channels", channels);
    Require.positive("cells", cells);
    Require.training(epochs, batch, trainImages, validationImages, testImages);
    Require.optimiser(learningRate, momentum, weightDecay);
    Require.images(imageSize, cutout);
    Require.present("table", table);
  }

  /** How networks are trained; all that it does not say is plain descent. */
  public TrainingSettings training() {
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
        "cosine",
        0,
        1,
        1,
        0,
        0,
        0,
        0,
        cutout,
        augment,
        imageSize);
  }
}
