package dev.espalier.learning.space.parallel;

import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.parallel.LayerShape;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * The names and shapes of all parameters of a network whose layers sum several operations.
 *
 * @param classes outputs
 * @param imageChannels of the input
 */
public record ParallelPlan(
    MacroShape shape, ParallelArchitecture architecture, int classes, int imageChannels) {
  public ParallelPlan {
    architecture = new ParallelSpace(shape).parse(architecture.canonical());
    if (classes < 1 || imageChannels < 1) {
      throw new InvalidInput(
          "a network needs at least 1 class and image channel, but got classes %d, image channels %d"
              .formatted(classes, imageChannels));
    }
  }

  /** The selected operations of a layer in the shape's order. */
  public List<Operation> operations(int layer) {
    return shape.operations().stream().filter(architecture.layers().get(layer)::contains).toList();
  }

  /** E.g. {@code layers.0.sep3}. */
  public static String prefix(int layer, Operation operation) {
    return "layers.%d.%s".formatted(layer, operation.label());
  }

  /** Every parameter in the order of the forward pass. */
  public List<ParameterSpecification> parameters() {
    Parameters parameters = new Parameters();
    parameters.convolution("stem.0", shape.stem(), imageChannels, 3);
    parameters.norm("stem.1", shape.stem());
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      for (Operation operation : operations(layer)) {
        add(parameters, layer, operation);
      }
    }
    int last = shape.inputChannels(shape.layers().size());
    parameters.convolution("tail.0", shape.tail(), last, 1);
    parameters.norm("tail.1", shape.tail());
    parameters.add(ParameterSpecification.matrix("classifier.weight", classes, shape.tail()));
    parameters.add(ParameterSpecification.bias("classifier.bias", classes, shape.tail()));
    return parameters.list();
  }

  private void add(Parameters parameters, int layer, Operation operation) {
    String prefix = prefix(layer, operation);
    int in = shape.inputChannels(layer);
    int out = shape.layers().get(layer).channels();
    switch (operation) {
      case SKIP -> addSkip(parameters, prefix, in, shape.layers().get(layer));
      case SEPARABLE_3, SEPARABLE_5, SEPARABLE_7 -> {
        parameters.separable(prefix + ".first", in, in, operation.kernel());
        parameters.separable(prefix + ".second", in, out, operation.kernel());
      }
      case DILATED_3, DILATED_5 -> parameters.separable(prefix, in, out, operation.kernel());
    }
  }

  private static void addSkip(Parameters parameters, String prefix, int in, LayerShape layer) {
    int out = layer.channels();
    if (layer.stride() == 2) {
      parameters.convolution(prefix + ".even", out / 2, in, 1);
      parameters.convolution(prefix + ".odd", out / 2, in, 1);
      parameters.norm(prefix + ".norm", out);
    } else if (in != out) {
      parameters.convolution(prefix, out, in, 1);
    }
  }

  private record Parameters(List<ParameterSpecification> list) {
    Parameters() {
      this(new ArrayList<>());
    }

    void add(ParameterSpecification parameter) {
      list.add(parameter);
    }

    void convolution(String prefix, int out, int in, int kernel) {
      add(ParameterSpecification.convolution(prefix + ".weight", out, in, kernel));
    }

    void norm(String prefix, int channels) {
      add(ParameterSpecification.scale(prefix + ".weight", channels));
      add(ParameterSpecification.shift(prefix + ".bias", channels));
    }

    /** Every channel by itself, then all of them pixel by pixel, then batch norm. */
    void separable(String prefix, int in, int out, int kernel) {
      convolution(prefix + ".depthwise", in, 1, kernel);
      convolution(prefix + ".pointwise", out, in, 1);
      norm(prefix + ".norm", out);
    }
  }
}
