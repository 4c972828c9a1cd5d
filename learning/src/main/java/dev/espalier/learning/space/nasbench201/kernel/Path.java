package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.space.nasbench201.network.LiveEdges;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.List;

/**
 * What leads from a node to one of the cell's later nodes without weights.
 *
 * @param skip weight of the skip connection, or 0
 * @param pool weight of the pooling, or 0
 */
record Path(int target, double skip, double pool) {

  /** The paths that leave a node. */
  static List<Path> from(int source, OperatorMask mask, LiveEdges live) {
    List<Path> paths = new ArrayList<>();
    for (Edge edge : live.from(source)) {
      double share = live.share(edge);
      boolean skip = mask.isActive(edge.index(), Operator.SKIP_CONNECT);
      boolean pool = mask.isActive(edge.index(), Operator.AVG_POOL_3X3);
      if (skip || pool) {
        paths.add(new Path(edge.target(), skip ? share : 0, pool ? share : 0));
      }
    }
    return paths;
  }
}
