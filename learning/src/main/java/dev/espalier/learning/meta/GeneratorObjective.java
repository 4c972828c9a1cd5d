package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Meta-trains a generator to reconstruct each row's architecture from its images. Of a validation
 * row one draw of images is read, always the same, and one graph is grown.
 */
final class GeneratorObjective implements MetaObjective {
  private final MetaTrainingTask task;
  private final GeneratorModel model;
  private final Set<String> trained = new HashSet<>();

  GeneratorObjective(MetaTrainingTask task, GeneratorModel model) {
    this.task = task;
    this.model = model;
    for (int row = 0; row < task.training().size(); row++) {
      name(task.training().graph(row)).ifPresent(trained::add);
    }
  }

  private Optional<String> name(CodedGraph graph) {
    return task.coding().decode(graph).map(Architecture::canonical);
  }

  @Override
  public MetaModel model() {
    return model;
  }

  @Override
  public MetaObjective with(List<NamedArray> numbers) {
    try (GeneratorModel former = model) {
      return new GeneratorObjective(task, former.with(numbers));
    }
  }

  @Override
  public Tensor loss(int epoch, int step, int... rows) {
    float[] noise = new float[rows.length * task.sizes().latent()];
    task.stream("noise", epoch, step).fillGaussian(noise, 1);
    GeneratorModel.Latent latent = model.latent(task.drawn(epoch, rows));
    Tensor normal = task.torch().tensor(noise, rows.length, task.sizes().latent());
    return model.loss(latent, task.graphs(rows), normal).total();
  }

  @Override
  public Optional<Map<String, Double>> validate(BooleanSupplier stop) {
    MetaExamples rows = task.validation();
    double loss = 0;
    int same = 0;
    List<Optional<String>> generated = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += AT_ONCE) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      List<SetDraw> draws = new ArrayList<>();
      List<CodedGraph> graphs = new ArrayList<>();
      for (int row = from; row < Math.min(rows.size(), from + AT_ONCE); row++) {
        draws.add(rows.draw(row, task.stream("validation-images", row)));
        graphs.add(rows.graph(row));
      }
      RandomStream decisions = task.stream("validation-decisions", from);
      try (Scope _ = task.torch().inference()) {
        GeneratorModel.Latent latent = model.latent(draws);
        loss += model.loss(latent, graphs, null).total().item();
        List<CodedGraph> grown =
            model.grow(
                latent.mean(), Decisions.drawn(draws.size(), task.coding().vertices(), decisions));
        for (int i = 0; i < grown.size(); i++) {
          Optional<String> architecture = name(grown.get(i));
          generated.add(architecture);
          same += architecture.isPresent() && architecture.equals(name(graphs.get(i))) ? 1 : 0;
        }
      }
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (rows.size() > 0) {
      GenerationMetrics all = GenerationMetrics.of(generated, trained);
      metrics.put("loss", loss / rows.size());
      metrics.put("reconstruction", (double) same / rows.size());
      metrics.put("validity", all.validity());
      metrics.put("uniqueness", all.uniqueness());
      metrics.put("novelty", all.novelty());
      metrics.put("noveltyOfValid", all.noveltyOfValid());
    }
    return Optional.of(metrics);
  }

  /** The least loss on the validation rows; without any, on the training rows. */
  @Override
  public double merit(MetaEpoch epoch) {
    return -epoch.validation().getOrDefault("loss", epoch.loss());
  }
}
