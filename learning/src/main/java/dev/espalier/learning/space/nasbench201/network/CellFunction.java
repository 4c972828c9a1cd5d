package dev.espalier.learning.space.nasbench201.network;

import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.tensor.Tensor;

/** How a cell is computed: {@code [b, c, h, w] -> [b, c, h, w]}. */
@FunctionalInterface
interface CellFunction {
  Tensor apply(Tensor input, CellLayer cell);
}
