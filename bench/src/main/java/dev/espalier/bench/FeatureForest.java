package dev.espalier.bench;

import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.NasBench101;
import dev.espalier.search.space.nasbench101.VertexOperation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTJointRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * A library's forest of 200 trees on six features of a cell of NAS-Bench-101: how many of each
 * operation, vertices, edges, and the logarithm of the parameters.
 */
final class FeatureForest {
  private static final Logger TRIBUO = Logger.getLogger("org.tribuo");
  private static final int TREES = 200;
  private static final int DEPTH = 20;
  private static final int LEAF_ROWS = 2;
  private static final float FEATURE_SHARE = 0.5f;

  private final Model<Regressor> forest;

  private FeatureForest(Model<Regressor> forest) {
    this.forest = forest;
  }

  static FeatureForest fit(TrainingRows rows, long seed) {
    TRIBUO.setLevel(Level.WARNING);
    RandomStream stream = RandomStream.of(seed, "feature forest");
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> dataset =
        new MutableDataset<>(
            new SimpleDataSourceProvenance(
                "cells", Instant.EPOCH.atOffset(ZoneOffset.UTC), factory),
            factory);
    double[] accuracies = rows.accuracies();
    for (int row = 0; row < accuracies.length; row++) {
      dataset.add(example(rows.architectures().get(row), accuracies[row]));
    }
    CARTJointRegressionTrainer tree =
        new CARTJointRegressionTrainer(
            DEPTH,
            LEAF_ROWS,
            0,
            FEATURE_SHARE,
            false,
            new MeanSquaredError(),
            false,
            stream.nextLong());
    return new FeatureForest(
        new RandomForestTrainer<>(tree, new AveragingCombiner(), TREES, stream.nextLong())
            .train(dataset));
  }

  private static Example<Regressor> example(Architecture architecture, double target) {
    GraphCell cell = (GraphCell) architecture;
    ArrayExample<Regressor> example = new ArrayExample<>(new Regressor("accuracy", target));
    for (VertexOperation operation : VertexOperation.ALL) {
      int count = 0;
      for (int vertex = 1; vertex < cell.output(); vertex++) {
        count += cell.operation(vertex) == operation ? 1 : 0;
      }
      example.add("operation " + operation.index(), count);
    }
    example.add("vertices", cell.vertices());
    example.add("edges", cell.edges());
    example.add(
        "parameters", StrictMath.log((double) NasBench101.SPACE.standardCost(cell).parameters()));
    return example;
  }

  double[] predict(List<Architecture> cells) {
    return cells.stream()
        .mapToDouble(cell -> forest.predict(example(cell, 0)).getOutput().getValues()[0])
        .toArray();
  }
}
