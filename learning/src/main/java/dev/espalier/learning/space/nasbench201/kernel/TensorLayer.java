package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.tensor.Tensor;

/** A layer that has been run forward over tensors, and takes cotangents backward. */
sealed interface TensorLayer permits TensorCell, TensorReduction {

  /** {@code [b, c, h, w]}. */
  Tensor input();

  /** {@code [b, c, h, w]}. */
  Tensor output();

  /**
   * Adds the rows of the layer's weights, and fills in the cotangents of its input.
   *
   * @param behind cotangents of the output
   * @param before zero yet
   */
  void backward(Field behind, Field before, GradientRows rows);
}
