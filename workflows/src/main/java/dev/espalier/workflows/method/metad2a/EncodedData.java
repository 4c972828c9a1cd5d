package dev.espalier.workflows.method.metad2a;

import java.util.List;

/**
 * A data set as the models see it.
 *
 * @param features digest of the features of its images, an artifact
 * @param images they are of
 * @param width numbers of an image
 * @param encoder what computed them, in words
 * @param latent places in a plane, by the two main directions of the known tasks' vectors and those
 *     of this data set; empty without known tasks
 * @param nearest the known task that is nearest, with its distance; empty without known tasks
 */
public record EncodedData(
    String features,
    int images,
    int width,
    String encoder,
    List<Place> latent,
    List<Near> nearest) {
  public EncodedData {
    latent = List.copyOf(latent);
    nearest = List.copyOf(nearest);
  }

  /**
   * A set of images in the plane.
   *
   * @param name of the task; empty for the data set's own draws
   */
  public record Place(String name, double x, double y) {}

  /**
   * A known task.
   *
   * @param number in its database, from 0
   * @param distance of its vector from the data set's
   */
  public record Near(String name, int number, double distance) {}
}
