package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.space.nasbench201.network.LiveEdges;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell. Backward from the last node to the first: a node's cotangents are complete once all nodes
 * behind it are done; they are correlated with the maps that feed it while the image is still in
 * the cache, and only when all images are through is it known what batch normalisation takes away.
 */
final class CellPass implements LayerPass {
  private static final int LAST = Edge.NODES - 1;

  private final OperatorMask mask;
  private final LiveEdges live;
  private final FeatureMap[] nodes = new FeatureMap[Edge.NODES];
  private final @Nullable ConvolvedMap[] maps = new @Nullable ConvolvedMap[LAST];
  private final @Nullable InputGradient[] gradients = new @Nullable InputGradient[LAST];

  CellPass(CellLayer layer, OperatorMask mask, FeatureMap input, Wiring wiring) {
    this.mask = mask;
    this.live = new LiveEdges(mask);
    nodes[0] = input;
    for (int node = 1; node <= LAST; node++) {
      nodes[node] = FeatureMap.zero(input.images(), input.size(), input.channels());
    }
    for (int source = 0; source < LAST; source++) {
      if (live.needs(source)) {
        run(source, layer, wiring);
      }
    }
  }

  private void run(int source, CellLayer layer, Wiring wiring) {
    List<Convolution> convolutions = new ArrayList<>();
    for (Edge edge : live.from(source)) {
      for (Operator operator : mask.on(edge.index())) {
        if (operator.isConvolution()) {
          String prefix = NetworkPlan.operatorPrefix(layer, edge, operator);
          convolutions.add(
              new Convolution(
                  edge.target(),
                  Convolution.Names.of(prefix),
                  layer.channels(),
                  layer.channels(),
                  live.share(edge),
                  wiring));
        }
      }
    }
    if (!convolutions.isEmpty()) {
      String name = "layer %d node %d".formatted(layer.index(), source);
      ConvolvedMap map =
          new ConvolvedMap(name, nodes[source].rectified(), 1, convolutions, wiring.buffers());
      map.addTo(nodes);
      maps[source] = map;
      gradients[source] = new InputGradient(name, map, wiring.buffers());
    }
    List<Path> paths = Path.from(source, mask, live);
    for (Path path : paths) {
      if (path.skip() != 0) {
        nodes[path.target()].add(nodes[source], (float) path.skip());
      }
    }
    if (paths.stream().anyMatch(path -> path.pool() != 0)) {
      FeatureMap pooled = nodes[source].pooled();
      for (Path path : paths) {
        if (path.pool() != 0) {
          nodes[path.target()].add(pooled, (float) path.pool());
        }
      }
    }
  }

  @Override
  public FeatureMap output() {
    return nodes[LAST];
  }

  @Override
  public int backward(Cotangents cotangents, int slot, Cotangents before, Jacobian jacobian) {
    int[] slots = new int[Edge.NODES];
    for (int node = 0; node <= LAST; node++) {
      slots[node] = (slot + LAST - node) % Cotangents.SLOTS;
    }
    for (int node = LAST; node >= 0; node--) {
      if (live.needs(node) || node == 0) {
        new NodeBackward(cotangents, slots, node).run(jacobian);
      }
    }
    return slots[0];
  }

  /** One node, for one block of rows. */
  private final class NodeBackward {
    private final Cotangents cotangents;
    private final CotangentGrid grid;
    private final int[] slots;
    private final int node;
    private final float[][] correlations = new float[LAST][];
    private final float[] totals;

    NodeBackward(Cotangents cotangents, int[] slots, int node) {
      this.cotangents = cotangents;
      this.grid = cotangents.grid();
      this.slots = slots;
      this.node = node;
      this.totals = new float[grid.triples() * grid.pixel()];
    }

    void run(Jacobian jacobian) {
      InputGradient gradient = node == LAST ? null : gradients[node];
      PixelGradient pixels = gradient == null ? null : gradient.begin(cotangents, slots);
      DirectPaths direct =
          node == LAST ? null : new DirectPaths(Path.from(node, mask, live), grid, slots);
      for (int source = 0; source < node; source++) {
        correlations[source] =
            Correlation.zeros(grid.channels(), taps(source), grid.triples() * grid.pixel());
      }
      for (int image = 0; image < cotangents.images(); image++) {
        for (int y = 0; y < grid.size() && direct != null; y++) {
          direct.writeRow(cotangents, image, y, slots[node]);
          if (pixels != null) {
            pixels.addRow(image, y, cotangents, slots[node]);
          }
        }
        correlate(image);
      }
      for (int source = 0; source < node; source++) {
        ConvolvedMap map = maps[source];
        if (map != null) {
          for (Convolution convolution : map.into(node)) {
            map.differentiate(
                convolution, correlations[source], taps(source), totals, grid, jacobian);
          }
        }
      }
    }

    private int taps(int source) {
      ConvolvedMap map = maps[source];
      return map == null ? 0 : map.tapsInto(node);
    }

    private void correlate(int image) {
      boolean any = false;
      for (int source = 0; source < node; source++) {
        ConvolvedMap map = maps[source];
        int taps = taps(source);
        if (map != null && taps > 0) {
          map.correlate(cotangents, slots[node], image, taps, correlations[source]);
          any = true;
        }
      }
      if (any) {
        Totals.add(cotangents, slots[node], image, totals);
      }
    }
  }
}
