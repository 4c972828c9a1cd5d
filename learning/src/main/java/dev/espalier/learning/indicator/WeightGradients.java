package dev.espalier.learning.indicator;

import dev.espalier.learning.tensor.Gradients;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.List;

/**
 * The weights of a network's layers, and a number's gradient for each of them; zero where the graph
 * does not reach. Layers are the convolutions and the linear matrix, as in Abdelfattah, Mehrotra,
 * Dudziak and Lane, "Zero-Cost Proxies for Lightweight NAS", ICLR 2021.
 *
 * @param weights one array a layer
 * @param gradients of the same shapes
 */
record WeightGradients(List<double[]> weights, List<double[]> gradients) {
  WeightGradients {
    weights = List.copyOf(weights);
    gradients = List.copyOf(gradients);
  }

  /**
   * Gradients of the mean cross-entropy.
   *
   * @param logits {@code [b, classes]}, recorded
   * @param labels {@code [b]}
   */
  static WeightGradients ofLoss(Torch torch, Tensor logits, int[] labels, List<Tensor> weights) {
    int classes = Math.toIntExact(logits.dimension(1));
    float[] targets = new float[labels.length * classes];
    for (int image = 0; image < labels.length; image++) {
      targets[image * classes + labels[image]] = 1;
    }
    Tensor oneHot = torch.tensor(targets, labels.length, classes).to(logits.precision());
    return of(Ops.crossEntropy(logits, oneHot), weights);
  }

  /** Gradients of the sum of the outputs, recorded. */
  static WeightGradients ofSum(Tensor outputs, List<Tensor> weights) {
    return of(outputs.sum(), weights);
  }

  private static WeightGradients of(Tensor number, List<Tensor> weights) {
    List<double[]> gradients =
        Gradients.of(number, weights).stream().map(Tensor::toDoubles).toList();
    return new WeightGradients(weights.stream().map(Tensor::toDoubles).toList(), gradients);
  }

  /** The gradients' Euclidean lengths, summed over the layers: {@code grad-norm}. */
  double norm() {
    return gradients.stream().mapToDouble(WeightGradients::length).sum();
  }

  /**
   * Weight times gradient, without signs, summed over all weights: {@code snip} of the loss, and
   * the synaptic flow of the sum of a linear network's outputs.
   */
  double saliency() {
    double sum = 0;
    for (int layer = 0; layer < weights.size(); layer++) {
      double[] weight = weights.get(layer);
      double[] gradient = gradients.get(layer);
      for (int i = 0; i < weight.length; i++) {
        sum += Math.abs(weight[i] * gradient[i]);
      }
    }
    return sum;
  }

  private static double length(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
