package dev.espalier.search.space.mobilenetv3;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * The network around the elastic stages, as Once-for-All builds it: a 3x3 convolution, a fixed
 * block without expansion, the five stages, a 1x1 convolution, the mean over space, a layer that
 * mixes features, and a linear layer.
 *
 * @param width what all channels are multiplied by; each is then made a multiple of 8. Once-for-All
 *     has published supernets of 1.0 and 1.2
 * @param firstStride of the first convolution: 2 as published, or 1 for small images
 * @param dropout share of the last features that are dropped in training
 * @param supernet whose weights a training begins with, in the catalogue of models: a name, or in
 *     what was launched its digest; empty to begin fresh
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public record ElasticNetwork(
    double width,
    int firstStride,
    double dropout,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String supernet)
    implements NetworkSettings {
  /** Of the published supernets, for images of 224 pixels. */
  public static final ElasticNetwork PUBLISHED = new ElasticNetwork(1, 2, 0.1);

  /** Channels behind the first convolution where the width is 1. */
  public static final int STEM = 16;

  public static final double LEAST_WIDTH = 0.05;
  public static final double LARGEST_WIDTH = 4;
  private static final int DIVISOR = 8;
  private static final int GATE_REDUCTION = 4;
  private static final int EXPANDED = 960;
  private static final int FEATURES = 1280;

  public ElasticNetwork {
    supernet = supernet == null ? "" : supernet; // specifications from before it was there
    List<String> problems = new ArrayList<>();
    if (!(width >= LEAST_WIDTH && width <= LARGEST_WIDTH)) {
      problems.add(
          "network.width must be between %s and %s, but was %s"
              .formatted(LEAST_WIDTH, LARGEST_WIDTH, width));
    }
    if (firstStride != 1 && firstStride != 2) {
      problems.add("network.firstStride must be 1 or 2, but was %d".formatted(firstStride));
    }
    if (!(dropout >= 0 && dropout < 1)) {
      problems.add("network.dropout must be at least 0 and below 1, but was " + dropout);
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  /** One whose training begins fresh. */
  public ElasticNetwork(double width, int firstStride, double dropout) {
    this(width, firstStride, dropout, "");
  }

  /**
   * A block's place in the network.
   *
   * @param stage from 0; -1 of the fixed block
   * @param slot within its stage, from 0
   * @param in channels that come in
   * @param inner channels within it
   * @param out channels that go out
   * @param kernel side of its depthwise filters
   */
  public record Place(
      int stage,
      int slot,
      int in,
      int inner,
      int out,
      int kernel,
      int stride,
      boolean isGated,
      ElasticStage.Activation activation) {
    /** Whether what comes in is added to what goes out. */
    public boolean isResidual() {
      return stride == 1 && in == out;
    }

    /** Whether it has a convolution that expands its channels: all but the fixed one. */
    public boolean expands() {
      return stage >= 0;
    }

    /** Channels between the two layers of its gate. */
    public int gate() {
      return divisible(Math.floorDiv(inner, GATE_REDUCTION));
    }
  }

  /** The fixed block, then those of an architecture. */
  public List<Place> places(ElasticArchitecture architecture) {
    List<Place> places = new ArrayList<>();
    int width = stem();
    places.add(new Place(-1, 0, width, width, width, 3, 1, false, ElasticStage.Activation.RELU));
    for (int stage = 0; stage < ElasticArchitecture.STAGES; stage++) {
      ElasticStage each = ElasticStage.ALL.get(stage);
      for (int slot = 0; slot < architecture.depth(stage); slot++) {
        ElasticBlock block = architecture.stages().get(stage).get(slot);
        int in = width;
        width = scaled(each.width());
        places.add(
            new Place(
                stage,
                slot,
                in,
                divisible((double) in * block.expansion()),
                width,
                block.kernel(),
                slot == 0 ? each.stride() : 1,
                each.isGated(),
                each.activation()));
      }
    }
    return places;
  }

  /** Channels behind the first convolution, and behind the fixed block. */
  public int stem() {
    return scaled(STEM);
  }

  /** Channels behind the last convolution. */
  public int expanded() {
    return scaled(EXPANDED);
  }

  /** What the linear layer reads. */
  public int features() {
    return scaled(FEATURES);
  }

  /** How often the image is halved, as a factor: it must be as large. */
  public int totalStride() {
    return ElasticStage.ALL.stream()
        .mapToInt(ElasticStage::stride)
        .reduce(firstStride, (a, b) -> a * b);
  }

  private int scaled(int channels) {
    return divisible(channels * width);
  }

  /**
   * The nearest multiple of 8, but not less than nine tenths of it: as all MobileNets are made
   * (Howard et al., ICCV 2019, published code).
   */
  private static int divisible(double channels) {
    int nearest = Math.max(DIVISOR, (int) (channels + DIVISOR / 2.0) / DIVISOR * DIVISOR);
    return nearest < 0.9 * channels ? nearest + DIVISOR : nearest;
  }

  @Override
  public SearchSpace space() {
    return MobileNetV3.SPACE;
  }

  @Override
  public Cost cost(Architecture architecture, int imageSize, int classes) {
    return ElasticCost.of((ElasticArchitecture) architecture, this, imageSize, classes);
  }
}
