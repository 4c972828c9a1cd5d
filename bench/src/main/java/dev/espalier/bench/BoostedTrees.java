package dev.espalier.bench;

import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.statistics.Statistics;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * Gradient boosting of a library's trees on the one-hots of cells, with squared error (Friedman
 * 2001): a baseline.
 */
final class BoostedTrees {
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");
  private static final int TREES = 300;
  private static final int DEPTH = 3;
  private static final int LEAF_ROWS = 2;
  private static final double RATE = 0.05;
  private static final float FEATURE_SHARE = 0.3f;

  private final double mean;
  private final List<Model<Regressor>> trees = new ArrayList<>();

  private BoostedTrees(double mean) {
    this.mean = mean;
  }

  static BoostedTrees fit(TrainingRows rows, long seed) {
    TRIBUO.setLevel(Level.WARNING);
    RandomStream stream = RandomStream.of(seed, "boosting");
    BoostedTrees boosted = new BoostedTrees(Statistics.mean(rows.accuracies()));
    double[] left = rows.accuracies();
    for (int row = 0; row < left.length; row++) {
      left[row] -= boosted.mean;
    }
    for (int tree = 0; tree < TREES; tree++) {
      Model<Regressor> next =
          new CARTRegressionTrainer(
                  DEPTH,
                  LEAF_ROWS,
                  0,
                  FEATURE_SHARE,
                  false,
                  new MeanSquaredError(),
                  stream.nextLong())
              .train(dataset(rows.architectures(), left));
      boosted.trees.add(next);
      for (int row = 0; row < left.length; row++) {
        left[row] -= RATE * value(next, example(rows.architectures().get(row), 0));
      }
    }
    return boosted;
  }

  private static MutableDataset<Regressor> dataset(List<Architecture> cells, double[] targets) {
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> dataset =
        new MutableDataset<>(
            new SimpleDataSourceProvenance(
                "residuals", Instant.EPOCH.atOffset(ZoneOffset.UTC), factory),
            factory);
    for (int row = 0; row < targets.length; row++) {
      dataset.add(example(cells.get(row), targets[row]));
    }
    return dataset;
  }

  private static Example<Regressor> example(Architecture architecture, double target) {
    ArrayExample<Regressor> example = new ArrayExample<>(new Regressor("accuracy", target));
    List<Operator> operators = ((Cell) architecture).operators();
    for (int edge = 0; edge < operators.size(); edge++) {
      for (Operator operator : Operator.ALL) {
        example.add(
            "%d %s".formatted(edge, operator.label()), operators.get(edge) == operator ? 1 : 0);
      }
    }
    return example;
  }

  private static double value(Model<Regressor> tree, Example<Regressor> example) {
    return tree.predict(example).getOutput().getValues()[0];
  }

  double[] predict(List<Architecture> cells) {
    return cells.stream().mapToDouble(this::predict).toArray();
  }

  private double predict(Architecture cell) {
    Example<Regressor> example = example(cell, 0);
    double sum = mean;
    for (Model<Regressor> tree : trees) {
      sum += RATE * value(tree, example);
    }
    return sum;
  }
}
