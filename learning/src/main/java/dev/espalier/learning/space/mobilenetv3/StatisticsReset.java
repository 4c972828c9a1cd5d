package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.network.Layers;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the running statistics of a network anew on data, since those of a supernet are of its
 * whole width (Cai et al., ICLR 2020): each is the mean of those of the batches, weighted by their
 * images, the variance without correction, as the published program takes it.
 */
final class StatisticsReset {
  private final ElasticPlan plan;
  private final Torch torch;
  private final MobileNetwork network;
  private final Map<String, double[]> sums = new HashMap<>();
  private long images;

  StatisticsReset(Torch torch, ElasticPlan plan, MobileNetwork network) {
    this.torch = torch;
    this.plan = plan;
    this.network = network;
  }

  /**
   * Counts a batch of images, which the network normalises by its own statistics.
   *
   * @param shape {@code [b, 3, h, w]}; at least two values of each channel must be left at the end
   */
  void add(float[] pixels, long... shape) {
    try (Scope _ = torch.inference()) {
      network.buffers().values().forEach(buffer -> buffer.subtractInPlace(buffer));
      network.forward(torch.tensor(pixels, shape), Phase.TRAIN);
    }
    Map<String, Long> counts = values(shape[0], (int) shape[2]);
    network
        .buffers()
        .forEach((name, buffer) -> {
          boolean isVariance = name.endsWith(".running_var");
          String norm = name.substring(0, name.lastIndexOf('.'));
          long count = counts.getOrDefault(norm, 0L);
          double correction = isVariance ? (count - 1.0) / count : 1;
          float[] moved = buffer.toFloats();
          double[] sum = sums.computeIfAbsent(name, _ -> new double[moved.length]);
          for (int i = 0; i < moved.length; i++) {
            sum[i] += moved[i] / Layers.MOMENTUM * correction * shape[0];
          }
        });
    images += shape[0];
  }

  /** Gives the network what was measured. */
  void finish() {
    try (Scope _ = torch.inference()) {
      network
          .buffers()
          .forEach((name, buffer) -> {
            double[] sum = sums.getOrDefault(name, new double[0]);
            float[] means = new float[sum.length];
            for (int i = 0; i < sum.length; i++) {
              means[i] = (float) (sum[i] / images);
            }
            Tensor values = torch.tensor(means, buffer.shape());
            buffer.subtractInPlace(buffer);
            buffer.addInPlace(values);
          });
    }
  }

  /** How many values of a channel each normalisation sees of a batch. */
  private Map<String, Long> values(long batch, int imageSize) {
    Map<String, Long> values = new HashMap<>();
    int size = Math.ceilDiv(imageSize, plan.network().firstStride());
    values.put(ElasticPlan.FIRST_NORM, batch * size * size);
    List<Place> places = plan.places();
    for (int block = 0; block < places.size(); block++) {
      String prefix = ElasticPlan.block(block);
      values.put(prefix + "inverted_bottleneck.bn", batch * size * size);
      size = Math.ceilDiv(size, places.get(block).stride());
      values.put(prefix + "depth_conv.bn", batch * size * size);
      values.put(prefix + "point_linear.bn", batch * size * size);
    }
    values.put(ElasticPlan.EXPANDED_NORM, batch * size * size);
    return values;
  }
}
