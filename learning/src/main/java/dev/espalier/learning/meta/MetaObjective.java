package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.training.NamedArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a meta-training makes of its model: the loss of a step, and how an epoch is judged. */
interface MetaObjective {
  /** Rows that are validated together. */
  int AT_ONCE = 50;

  MetaModel model();

  /** The same with other numbers in the model's leaves; closes this one's model. */
  MetaObjective with(List<NamedArray> numbers);

  /**
   * The loss of these rows, summed, {@code []}.
   *
   * @param epoch from 0; with the row, it names the draw of images
   */
  Tensor loss(int epoch, int step, int... rows);

  /**
   * What the validation rows say, as {@link MetaEpoch} names it; empty if it was stopped.
   *
   * @param stop asked between batches
   */
  Optional<Map<String, Double>> validate(BooleanSupplier stop);

  /** How good an epoch is, more is better; NaN where that is undefined. */
  double merit(MetaEpoch epoch);
}
