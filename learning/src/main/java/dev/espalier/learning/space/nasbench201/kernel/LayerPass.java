package dev.espalier.learning.space.nasbench201.kernel;

/** A layer that has been run forward, and takes blocks of cotangents backward. */
sealed interface LayerPass permits CellPass, ReductionPass {
  FeatureMap output();

  /**
   * Writes the block's rows of the layer's weights, and the cotangents of its input.
   *
   * @param slot where the cotangents of the output lie
   * @param before the stage of the layer's input, which may be the same
   * @return the slot in {@code before} where the cotangents of the input lie now
   */
  int backward(Cotangents cotangents, int slot, Cotangents before, Jacobian jacobian);
}
