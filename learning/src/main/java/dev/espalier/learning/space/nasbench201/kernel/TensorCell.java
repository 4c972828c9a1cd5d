package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.space.nasbench201.network.LiveEdges;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell over tensors. Backward from the last node to the first: a node's cotangents are complete
 * once all nodes behind it are done; some images at a time they are made and correlated with the
 * maps that feed the node, and only when all images are through is it known what batch
 * normalisation takes away.
 */
final class TensorCell implements TensorLayer {
  private static final int LAST = Edge.NODES - 1;

  private final TensorWork work;
  private final OperatorMask mask;
  private final LiveEdges live;
  private final Tensor[] nodes = new Tensor[Edge.NODES];
  private final @Nullable TensorMap[] maps = new @Nullable TensorMap[LAST];
  private final @Nullable TensorGradient[] gradients = new @Nullable TensorGradient[LAST];

  TensorCell(CellLayer layer, OperatorMask mask, Tensor input, TensorWork work) {
    this.work = work;
    this.mask = mask;
    this.live = new LiveEdges(mask);
    TensorNodes sums = new TensorNodes(Edge.NODES, work, input.shape());
    sums.add(0, input);
    for (int node = 0; node <= LAST; node++) {
      nodes[node] = sums.get(node);
      if (node < LAST && live.needs(node)) {
        work.betweenSteps().run();
        run(node, layer, sums);
      }
    }
  }

  private void run(int source, CellLayer layer, TensorNodes sums) {
    List<TensorBranch> branches = new ArrayList<>();
    for (Edge edge : live.from(source)) {
      for (Operator operator : mask.on(edge.index())) {
        if (operator.isConvolution()) {
          String prefix = NetworkPlan.operatorPrefix(layer, edge, operator);
          branches.add(
              new TensorBranch(
                  edge.target(),
                  Convolution.Names.of(prefix),
                  layer.channels(),
                  live.share(edge),
                  work));
        }
      }
    }
    if (!branches.isEmpty()) {
      TensorMap map = new TensorMap(Ops.relu(nodes[source]), 1, branches, work);
      map.addTo(sums);
      maps[source] = map;
      gradients[source] = new TensorGradient(map, nodes[source], work);
    }
    List<Path> paths = Path.from(source, mask, live);
    boolean pools = paths.stream().anyMatch(path -> path.pool() != 0);
    Tensor pooled = pools ? Ops.averagePool(nodes[source], 3, 1, 1) : nodes[source];
    for (Path path : paths) {
      if (path.skip() != 0) {
        sums.add(path.target(), nodes[source].multiply(path.skip()));
      }
      if (path.pool() != 0) {
        sums.add(path.target(), pooled.multiply(path.pool()));
      }
    }
  }

  @Override
  public Tensor input() {
    return nodes[0];
  }

  @Override
  public Tensor output() {
    return nodes[LAST];
  }

  @Override
  public void backward(Field behind, Field before, GradientRows rows) {
    try (Scope _ = work.torch().inference()) {
      Field[] fields = new Field[Edge.NODES];
      fields[LAST] = behind;
      fields[0] = before;
      for (int node = LAST; node >= 0; node--) {
        if (live.needs(node)) {
          if (node > 0 && node < LAST) {
            fields[node] =
                Field.zero(work, behind.images(), behind.size(), behind.channels(), behind.rows());
          }
          work.betweenSteps().run();
          backward(node, fields, rows);
        }
      }
    }
  }

  /** Completes a node's cotangents, and differentiates what leads into it. */
  private void backward(int node, Field[] fields, GradientRows rows) {
    Field field = fields[node];
    TensorGradient gradient = node == LAST ? null : gradients[node];
    TensorGradient.Block block = gradient == null ? null : gradient.block();
    TensorPaths direct =
        node == LAST ? null : new TensorPaths(Path.from(node, mask, live), field.size(), work);
    List<Feeding> feeding = new ArrayList<>();
    for (int source = 0; source < node; source++) {
      TensorMap map = maps[source];
      if (map != null && !map.into(node).isEmpty()) {
        feeding.add(new Feeding(map, map.noCorrelation(field)));
      }
    }
    int group = work.memory().imagesOfGroup(field.images(), bytesOfImage(field));
    for (int from = 0; from < field.images(); from += group) {
      int to = Math.min(field.images(), from + group);
      try (Scope _ = work.torch().inference()) {
        Tensor numbers = field.inner(from, to);
        if (block != null) {
          numbers.addInPlace(block.of(fields, from, to));
        }
        if (direct != null) {
          direct.addTo(numbers, fields, from, to);
        }
        for (Feeding each : feeding) {
          each.map.correlate(field, from, to, each.correlation);
        }
      }
    }
    for (Feeding each : feeding) {
      each.map.differentiate(node, each.correlation, field, rows);
    }
  }

  /** Patches take four times the cotangents of three targets. */
  private long bytesOfImage(Field field) {
    return 12 * field.numbersOfImage() * work.precision().bytes();
  }

  /** A map that feeds the node at hand, and its correlation with the node's cotangents. */
  private record Feeding(TensorMap map, Tensor correlation) {}
}
