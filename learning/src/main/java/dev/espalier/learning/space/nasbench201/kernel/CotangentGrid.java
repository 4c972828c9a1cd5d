package dev.espalier.learning.space.nasbench201.kernel;

/**
 * Where the cotangents of a node lie: {@code [image][triple of channels][h + 2][w + 2][3][lane]},
 * one lane a row of the Jacobian, with a border of zeros around every image. A pixel's neighbours
 * lie at fixed distances, and a vector never mixes pixels.
 *
 * @param size height and width in pixels
 * @param lanes rows of the Jacobian that are computed at once
 */
record CotangentGrid(int size, int channels, int lanes) {

  int triples() {
    return Math.ceilDiv(channels, 3);
  }

  /** Numbers of one pixel of one triple. */
  int pixel() {
    return 3 * lanes;
  }

  int row() {
    return (size + 2) * pixel();
  }

  int plane() {
    return (size + 2) * row();
  }

  int image() {
    return triples() * plane();
  }

  /** From the beginning of an image's first plane to a pixel. */
  int at(int y, int x) {
    return (y + 1) * row() + (x + 1) * pixel();
  }

  /** From a pixel of the first plane to a channel's first lane. */
  int channel(int channel) {
    return channel / 3 * plane() + channel % 3 * lanes;
  }
}
