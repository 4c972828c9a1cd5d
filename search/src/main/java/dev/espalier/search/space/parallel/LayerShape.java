package dev.espalier.search.space.parallel;

import dev.espalier.search.failure.InvalidInput;

/**
 * One searchable layer.
 *
 * @param channels of its output
 * @param stride 1, or 2 to halve height and width
 */
public record LayerShape(int channels, int stride) {
  public LayerShape {
    if (channels < 1 || (stride != 1 && stride != 2)) {
      throw new InvalidInput(
          "a layer needs at least 1 channel and stride 1 or 2, but got channels %d, stride %d"
              .formatted(channels, stride));
    }
    if (stride == 2 && channels % 2 != 0) {
      throw new InvalidInput(
          "a layer of stride 2 needs an even number of channels, since its skip is two halves, but got %d"
              .formatted(channels));
    }
  }
}
