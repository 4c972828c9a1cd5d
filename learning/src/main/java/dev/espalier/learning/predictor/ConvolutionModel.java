package dev.espalier.learning.predictor;

import dev.espalier.learning.predictor.convolution.ConvolutionScorer;
import dev.espalier.learning.predictor.convolution.ConvolutionWeights.Parameter;
import dev.espalier.learning.predictor.convolution.VertexGraph;
import dev.espalier.learning.statedict.TorchArchive;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/** A trained network of convolutions. */
final class ConvolutionModel implements Model {
  static final Family ACCURACY = family("neural-predictor", ConvolutionTask.ACCURACY);
  static final Family CLASS = family("neural-classifier", ConvolutionTask.CLASS);
  private static final String SCALE = "scale";
  private static final String NOTE = "predictor.json";

  private final ConvolutionNetwork network;

  ConvolutionModel(ConvolutionNetwork network) {
    this.network = network;
  }

  private static Family family(String name, ConvolutionTask task) {
    return new Family(
        name,
        (rows, recipe, random) -> start(task, rows, recipe, random),
        (_, arrays) -> restore(task, arrays));
  }

  private static Family.Start start(
      ConvolutionTask task,
      FitRows rows,
      PredictorRecipe recipe,
      Function<String, RandomStream> random) {
    ConvolutionSettings settings = recipe.convolution().orElse(task.settings());
    ConvolutionNetwork network =
        new ConvolutionNetwork(
            task,
            scale(task, settings, rows),
            new ConvolutionSize(
                rows.architectures().getFirst().graph().kinds(),
                recipe.embedding(),
                recipe.hidden(),
                recipe.blocks()),
            settings,
            random);
    network.initialize(random.apply("weights"));
    return new Family.Start.BySteps(network);
  }

  private static TargetScale scale(
      ConvolutionTask task, ConvolutionSettings settings, FitRows rows) {
    return switch (task) {
      case CLASS -> TargetScale.NONE;
      case ACCURACY ->
          settings.publishedScale() ? TargetScale.NAS_BENCH_101 : TargetScale.of(rows.accuracies());
    };
  }

  /** Its size is that of the arrays. */
  private static ConvolutionModel restore(ConvolutionTask task, Map<String, NamedArray> arrays) {
    float[] scale = Model.array(arrays, SCALE).values();
    return of(task, new TargetScale(scale[0], scale[1]), arrays);
  }

  static ConvolutionModel of(
      ConvolutionTask task, TargetScale scale, Map<String, NamedArray> arrays) {
    ConvolutionNetwork network =
        new ConvolutionNetwork(
            task,
            scale,
            ConvolutionSize.of(arrays),
            ConvolutionSettings.PUBLISHED,
            purpose -> RandomStream.of(0, purpose));
    Model.assign(network.matrices(), arrays);
    return new ConvolutionModel(network);
  }

  @Override
  public double[] predict(List<EncodedArchitecture> architectures) {
    return predict(architectures.size(), architectures::get);
  }

  @Override
  public double[] predict(int count, IntFunction<EncodedArchitecture> architectures) {
    float[] outputs =
        new ConvolutionScorer(network.weights())
            .score(count, i -> known(architectures.apply(i).graph()));
    double[] predictions = new double[outputs.length];
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] = network.task().prediction(outputs[i], network.scale());
    }
    return predictions;
  }

  private VertexGraph known(VertexGraph graph) {
    if (graph.kinds() != network.weights().kinds()) {
      throw new InvalidInput(
          "this network knows %d kinds of vertices, but the space has %d: was it trained in"
                  .formatted(network.weights().kinds(), graph.kinds())
              + " another space?");
    }
    return graph;
  }

  @Override
  public List<NamedArray> arrays() {
    List<NamedArray> arrays = new ArrayList<>(weights());
    arrays.add(
        new NamedArray(
            SCALE,
            new long[] {2},
            new float[] {network.scale().mean(), network.scale().deviation()}));
    return arrays;
  }

  /** The scale of the accuracies, which PyTorch's state has no place for. */
  private record Note(String kind, float mean, float deviation) {}

  /** As PyTorch stores it. */
  TorchArchive archive() {
    SequencedMap<String, NamedArray> tensors = new LinkedHashMap<>();
    weights().forEach(array -> tensors.put(array.name(), array));
    Note note = new Note(family().name(), network.scale().mean(), network.scale().deviation());
    return new TorchArchive(tensors, Map.of(NOTE, Json.write(note)));
  }

  /** That of an archive; a foreign one is of accuracies, on the published scale. */
  static ConvolutionModel of(TorchArchive archive) {
    String text = archive.texts().get(NOTE);
    Note note =
        text == null
            ? new Note(
                ACCURACY.name(),
                TargetScale.NAS_BENCH_101.mean(),
                TargetScale.NAS_BENCH_101.deviation())
            : Json.read(text, Note.class);
    return of(
        note.kind().equals(CLASS.name()) ? ConvolutionTask.CLASS : ConvolutionTask.ACCURACY,
        new TargetScale(note.mean(), note.deviation()),
        archive.tensors());
  }

  private List<NamedArray> weights() {
    List<NamedArray> arrays = new ArrayList<>();
    for (Matrix matrix : network.matrices()) {
      Parameter parameter = network.weights().parameters().get(matrix.index());
      arrays.add(
          new NamedArray(
              matrix.name(), new long[] {parameter.rows(), parameter.columns()}, matrix.values()));
    }
    return arrays;
  }

  @Override
  public Family family() {
    return switch (network.task()) {
      case ACCURACY -> ACCURACY;
      case CLASS -> CLASS;
    };
  }
}
