package dev.espalier.search.method.metadatabase;

import dev.espalier.search.settings.Require;

/**
 * Where the features of the images come from.
 *
 * @param encoder {@code trained} on the classes of the data, one of imported {@code weights}, or
 *     {@code imported} features
 * @param name of the imported weights or features; empty where the encoder is trained
 * @param width the numbers of an image's features, as set encoders are to read them
 * @param imagesPerClass of so many training images of each class; 0 for all. A class that has fewer
 *     is refused
 * @param epochs of the encoder's training, {@code images} at most so many in all, {@code batch} of
 *     a step, {@code learningRate} at the start of the cosine schedule
 */
public record FeatureSettings(
    String encoder,
    String name,
    int width,
    int imagesPerClass,
    int epochs,
    int images,
    int batch,
    double learningRate) {
  /** The encoder is trained by the platform. */
  public static final String TRAINED = "trained";

  /** Its weights were imported. */
  public static final String WEIGHTS = "weights";

  /** The features themselves were imported. */
  public static final String IMPORTED = "imported";

  public FeatureSettings {
    Require.oneOf("encoder", encoder, TRAINED, WEIGHTS, IMPORTED);
    Require.present("name", name);
    Require.positive("width", width);
    Require.notNegative("imagesPerClass", imagesPerClass);
    Require.positive("epochs", epochs);
    Require.positive("images", images);
    Require.positive("batch", batch);
    Require.notNegative("learningRate", learningRate);
  }

  /** Whether weights are asked for that were imported. */
  public boolean hasWeights() {
    return encoder.equals(WEIGHTS);
  }

  /** Whether the encoder is trained. */
  public boolean isTrained() {
    return encoder.equals(TRAINED);
  }
}
