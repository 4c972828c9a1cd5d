package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTJointRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * A random forest on the marks, grown by Tribuo and kept as plain numbers: Tribuo's own files carry
 * the time of training, so that no two are equal, and name classes to be created.
 */
final class ForestModel implements Model {
  static final Family FAMILY =
      new Family(
          "forest",
          (rows, recipe, random) ->
              new Family.Start.AtOnce(() -> fit(rows, recipe.members(), random.apply("trees"))),
          (layout, arrays) -> restore(arrays));

  /** Feature (-1 at a leaf), threshold, node where not above it, node where above it, value. */
  private static final int NODE = 5;

  private static final int DEPTH = 32;
  private static final int LEAF_ROWS = 3;
  private static final float FEATURE_SHARE = 0.4f;
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

  private final float[] nodes; // [nodes, 5]
  private final float[] roots; // [trees]

  private ForestModel(float[] nodes, float[] roots) {
    this.nodes = nodes;
    this.roots = roots;
    for (int i = 0; i < nodes.length; i += NODE) {
      boolean leaf = nodes[i] < 0;
      int count = nodes.length / NODE;
      if (!leaf
          && !(above(i / NODE, nodes[i + 2], count) && above(i / NODE, nodes[i + 3], count))) {
        throw new InvalidInput("node %d of the forest leads nowhere".formatted(i / NODE));
      }
    }
  }

  private static boolean above(int node, float next, int count) {
    return next > node && next < count;
  }

  private static ForestModel restore(Map<String, NamedArray> arrays) {
    return new ForestModel(
        Model.array(arrays, "nodes").values(), Model.array(arrays, "roots").values());
  }

  private static ForestModel fit(FitRows fitted, int trees, RandomStream stream) {
    TRIBUO.setLevel(Level.WARNING);
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> rows =
        new MutableDataset<>(
            new SimpleDataSourceProvenance(
                "trained architectures", Instant.EPOCH.atOffset(ZoneOffset.UTC), factory),
            factory);
    for (int row = 0; row < fitted.size(); row++) {
      float[] marks = fitted.architectures().get(row).row(1, 0);
      ArrayExample<Regressor> example =
          new ArrayExample<>(new Regressor("accuracy", fitted.accuracies()[row]));
      for (int i = 0; i < marks.length; i++) {
        example.add(Integer.toString(i), marks[i]);
      }
      rows.add(example);
    }
    RandomForestTrainer<Regressor> trainer =
        new RandomForestTrainer<>(
            new CARTJointRegressionTrainer(
                DEPTH,
                LEAF_ROWS,
                0,
                FEATURE_SHARE,
                false,
                new MeanSquaredError(),
                false,
                stream.nextLong()),
            new AveragingCombiner(),
            trees,
            stream.nextLong());
    EnsembleModel<Regressor> forest = trainer.train(rows);
    List<float[]> nodes = new ArrayList<>();
    float[] roots = new float[trees];
    for (int i = 0; i < trees; i++) {
      TreeModel<Regressor> tree = (TreeModel<Regressor>) forest.getModels().get(i);
      roots[i] = add(tree.getRoot(), tree.getFeatureIDMap(), nodes);
    }
    float[] flat = new float[nodes.size() * NODE];
    for (int i = 0; i < nodes.size(); i++) {
      System.arraycopy(nodes.get(i), 0, flat, i * NODE, NODE);
    }
    return new ForestModel(flat, roots);
  }

  /** The node's place in the list; its children come behind it. */
  private static int add(Node<Regressor> node, ImmutableFeatureMap features, List<float[]> nodes) {
    int place = nodes.size();
    switch (node) {
      case LeafNode<Regressor> leaf ->
          nodes.add(new float[] {-1, 0, 0, 0, (float) leaf.getOutput().getValues()[0]});
      case SplitNode<Regressor> split -> {
        float[] entry = new float[NODE];
        nodes.add(entry);
        entry[0] = Integer.parseInt(features.get(split.getFeatureID()).getName());
        entry[1] = (float) split.splitValue();
        entry[2] = add(split.getLessThanOrEqual(), features, nodes);
        entry[3] = add(split.getGreaterThan(), features, nodes);
      }
      default -> throw new IllegalStateException("a tree has only leaves and splits: " + node);
    }
    return place;
  }

  @Override
  public double[] predict(List<EncodedArchitecture> architectures) {
    return architectures.stream().mapToDouble(this::predict).toArray();
  }

  private double predict(EncodedArchitecture architecture) {
    double sum = 0;
    for (float root : roots) {
      sum += leaf((int) root, architecture);
    }
    return sum / roots.length;
  }

  private double leaf(int root, EncodedArchitecture architecture) {
    int at = NODE * root;
    while (nodes[at] >= 0) {
      float value = architecture.mark((int) nodes[at]) ? 1 : 0;
      at = NODE * (int) (value <= nodes[at + 1] ? nodes[at + 2] : nodes[at + 3]);
    }
    return nodes[at + 4];
  }

  @Override
  public List<Estimate> estimate(List<EncodedArchitecture> architectures) {
    return architectures.stream().map(this::estimate).toList();
  }

  private Estimate estimate(EncodedArchitecture architecture) {
    double mean = predict(architecture);
    double squares = 0;
    for (float root : roots) {
      double apart = leaf((int) root, architecture) - mean;
      squares += apart * apart;
    }
    return new Estimate(mean, Math.sqrt(squares / roots.length));
  }

  @Override
  public Uncertainty uncertainty() {
    return Uncertainty.TREES;
  }

  @Override
  public List<NamedArray> arrays() {
    return List.of(
        new NamedArray("nodes", new long[] {nodes.length / NODE, NODE}, nodes),
        new NamedArray("roots", new long[] {roots.length}, roots));
  }

  @Override
  public Family family() {
    return FAMILY;
  }
}
