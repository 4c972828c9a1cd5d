package dev.espalier.learning.space.nasbench201.network;

/** One step of the way from the image to the last activation. */
public sealed interface Layer {
  /** The layer's place among the cells and blocks, from 0; part of its parameters' names. */
  int index();

  /** A cell: four nodes, six edges, the same number of channels and pixels everywhere. */
  record CellLayer(int index, int channels) implements Layer {}

  /** A residual block that halves height and width. */
  record ReductionLayer(int index, int inputChannels, int outputChannels) implements Layer {}
}
