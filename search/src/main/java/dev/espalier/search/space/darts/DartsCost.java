package dev.espalier.search.space.darts;

import dev.espalier.search.space.Cost;
import dev.espalier.search.space.darts.DartsCell.Gene;
import dev.espalier.search.space.darts.DartsShape.Place;
import dev.espalier.search.space.darts.DartsShape.Stem;

/**
 * What a genotype's network costs: trainable parameters, and multiply-accumulates of one image
 * through the convolutions and the linear layer (its bias counted as one for each output). The
 * auxiliary head, which only training has, is not counted.
 */
public final class DartsCost {
  private DartsCost() {}

  public static Cost of(Genotype genotype, DartsShape shape) {
    Cost total = stem(shape);
    int size = shape.stem() == Stem.CIFAR ? shape.imageSize() : halved(shape.imageSize(), 3);
    int output = shape.stemChannels();
    for (Place place : shape.places()) {
      int outputSize = place.type() == CellType.REDUCTION ? halved(size, 1) : size;
      total = total.plus(inputs(place, size)).plus(nodes(genotype, place, outputSize));
      size = outputSize;
      output = place.output();
    }
    return total.plus(linear(output, shape.classes()));
  }

  private static int halved(int size, int times) {
    return times == 0 ? size : halved((size + 1) / 2, times - 1);
  }

  private static Cost stem(DartsShape shape) {
    int channels = shape.channels();
    return switch (shape.stem()) {
      case CIFAR -> convolution(3, shape.imageChannels(), shape.stemChannels(), shape.imageSize());
      case IMAGENET ->
          convolution(3, shape.imageChannels(), channels / 2, halved(shape.imageSize(), 1))
              .plus(convolution(3, channels / 2, channels, halved(shape.imageSize(), 2)))
              .plus(convolution(3, channels, channels, halved(shape.imageSize(), 3)));
    };
  }

  /** The two inputs, brought to the channels, height and width of the cell. */
  private static Cost inputs(Place place, int size) {
    Cost older =
        place.older()
            ? reduction(place.olderChannels(), place.channels(), size)
            : convolution(1, place.olderChannels(), place.channels(), size);
    return older.plus(convolution(1, place.newerChannels(), place.channels(), size));
  }

  private static Cost nodes(Genotype genotype, Place place, int outputSize) {
    Cost total = Cost.NOTHING;
    for (Gene gene : genotype.cell(place.type()).genes()) {
      int stride = DartsEdge.stride(place.type(), gene.source());
      total = total.plus(operator(gene.operator(), place.channels(), stride, outputSize));
    }
    return total;
  }

  private static Cost operator(DartsOperator operator, int channels, int stride, int outputSize) {
    if (operator == DartsOperator.SKIP_CONNECT && stride == 2) {
      return reduction(channels, channels, outputSize);
    }
    Cost one =
        operator.isConvolution()
            ? depthwise(operator.kernel(), channels, outputSize)
                .plus(convolution(1, channels, channels, outputSize))
            : Cost.NOTHING;
    return one.times(operator.repeats());
  }

  /** Two 1x1 convolutions of stride 2, half of the channels each, and one batch norm. */
  private static Cost reduction(int in, int out, int size) {
    long weights = (long) in * out;
    return new Cost(weights * size * size, weights + 2L * out);
  }

  /** Every channel by itself, no batch norm; {@code size} is that of the output. */
  private static Cost depthwise(int kernel, int channels, int size) {
    long weights = (long) kernel * kernel * channels;
    return new Cost(weights * size * size, weights);
  }

  /** Without bias, with batch norm; {@code size} is the height and width of the output. */
  private static Cost convolution(int kernel, int in, int out, int size) {
    long weights = (long) kernel * kernel * in * out;
    return new Cost(weights * size * size, weights + 2L * out);
  }

  private static Cost linear(int in, int out) {
    long weights = (long) in * out + out;
    return new Cost(weights, weights);
  }
}
