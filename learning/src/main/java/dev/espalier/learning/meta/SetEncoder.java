package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a task looks like: the images of each class are pooled to a vector of the class, these to a
 * vector of the set (MetaD2A, section 3.1). All sets of a batch go through together.
 */
final class SetEncoder {
  private final Torch torch;
  private final int width;
  private final SetPool ofImages;
  private final SetPool ofClasses;

  SetEncoder(Leaves leaves, ModelSizes sizes) {
    this.torch = leaves.torch();
    this.width = sizes.width();
    this.ofImages = new SetPool(leaves, "intra_setpool");
    this.ofClasses = new SetPool(leaves, "inter_setpool");
  }

  /**
   * The vectors of sets, {@code [draws, z]}; the sets may differ in classes and images.
   *
   * @throws InvalidInput if features are of another width than the model's
   */
  Tensor vectors(List<SetDraw> draws) {
    for (SetDraw draw : draws) {
      if (draw.width() != width) {
        throw new InvalidInput(
            ("the features are %d wide, but the model reads %d: take features of the network that"
                    + " the model was meta-trained with")
                .formatted(draw.width(), width));
      }
    }
    List<Integer> order =
        IntStream.range(0, draws.size())
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer i) -> draws.get(i).perClass())
                    .thenComparingInt(i -> draws.get(i).classes()))
            .toList();
    List<Tensor> vectors = new ArrayList<>();
    for (int from = 0, to; from < order.size(); from = to) {
      SetDraw first = draws.get(order.get(from));
      to = from + 1;
      while (to < order.size() && alike(first, draws.get(order.get(to)))) {
        to++;
      }
      vectors.add(alikes(order.subList(from, to).stream().map(draws::get).toList()));
    }
    if (vectors.size() == 1) {
      return vectors.getFirst(); // the order is the draws' own
    }
    int[] places = new int[order.size()];
    for (int i = 0; i < places.length; i++) {
      places[order.get(i)] = i;
    }
    return Ops.rows(Ops.concatenate(vectors, 0), places);
  }

  private static boolean alike(SetDraw one, SetDraw other) {
    return one.classes() == other.classes() && one.perClass() == other.perClass();
  }

  /** Sets of as many classes and images each. */
  private Tensor alikes(List<SetDraw> draws) {
    SetDraw first = draws.getFirst();
    long images = (long) draws.size() * first.classes() * first.perClass();
    Tensor rows = torch.tensor(draws.stream().map(SetDraw::features).toList(), images, width);
    return ofClasses.apply(ofImages.apply(rows, first.perClass()), first.classes());
  }
}
