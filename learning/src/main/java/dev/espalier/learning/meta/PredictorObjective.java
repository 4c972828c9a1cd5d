package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Meta-trains a predictor of accuracies. Of a validation row one draw of images is read, always the
 * same.
 */
final class PredictorObjective implements MetaObjective {
  private final MetaTrainingTask task;
  private final MetaPredictorModel model;

  PredictorObjective(MetaTrainingTask task, MetaPredictorModel model) {
    this.task = task;
    this.model = model;
  }

  @Override
  public MetaModel model() {
    return model;
  }

  @Override
  public MetaObjective with(List<NamedArray> numbers) {
    try (MetaPredictorModel former = model) {
      return new PredictorObjective(task, former.with(numbers));
    }
  }

  @Override
  public Tensor loss(int epoch, int step, int... rows) {
    float[] targets = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      targets[i] = (float) model.scale().target(task.training().target(rows[i]));
    }
    return model.loss(
        task.drawn(epoch, rows), task.graphs(rows), task.torch().tensor(targets, rows.length, 1));
  }

  @Override
  public Optional<Map<String, Double>> validate(BooleanSupplier stop) {
    MetaExamples rows = task.validation();
    double[] predicted = new double[rows.size()];
    double[] measured = new double[rows.size()];
    double squares = 0;
    for (int from = 0; from < rows.size(); from += AT_ONCE) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      List<SetDraw> draws = new ArrayList<>();
      List<CodedGraph> graphs = new ArrayList<>();
      for (int row = from; row < Math.min(rows.size(), from + AT_ONCE); row++) {
        if (task.sizes().readsSets()) {
          draws.add(rows.draw(row, task.stream("validation-images", row)));
        }
        graphs.add(rows.graph(row));
        measured[row] = rows.target(row);
      }
      try (Scope _ = task.torch().inference()) {
        float[] outputs = model.outputs(draws, graphs).toFloats();
        for (int i = 0; i < outputs.length; i++) {
          predicted[from + i] = outputs[i];
          double error = outputs[i] - model.scale().target(measured[from + i]);
          squares += error * error;
        }
      }
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (rows.size() > 0) {
      metrics.put("loss", squares / rows.size());
      double pearson = Statistics.pearson(predicted, measured);
      if (Double.isFinite(pearson)) {
        metrics.put("pearson", pearson);
        metrics.put("kendall", Statistics.kendallTau(predicted, measured));
      }
    }
    return Optional.of(metrics);
  }

  /** The correlation on the validation rows; without any, the least loss on the training rows. */
  @Override
  public double merit(MetaEpoch epoch) {
    return epoch.validation().isEmpty()
        ? -epoch.loss()
        : epoch.validation().getOrDefault("pearson", Double.NaN);
  }
}
