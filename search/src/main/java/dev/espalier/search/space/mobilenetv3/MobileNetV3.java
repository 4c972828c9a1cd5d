package dev.espalier.search.space.mobilenetv3;

import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.DEEPEST;
import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.SHALLOWEST;
import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.STAGES;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.ArchitectureFact;
import dev.espalier.search.space.ArchitectureGraph;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.ForeignNotation;
import dev.espalier.search.space.NetworkChecks;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SpaceDescription;
import dev.espalier.search.space.SpaceDescription.Fact;
import dev.espalier.search.space.StandardNetwork;
import dev.espalier.search.space.TimedSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All sub-networks of the Once-for-All supernet of MobileNetV3-Large (Cai et al., ICLR 2020), each
 * once: (9^2 + 9^3 + 9^4)^5 networks.
 */
public record MobileNetV3() implements TimedSpace {
  /** The name in specifications. */
  public static final String NAME = "mobilenet-v3";

  public static final MobileNetV3 SPACE = new MobileNetV3();

  private static final int IMAGE_SIZE = 224;
  private static final int CLASSES = 1000;

  /** How many a stage has of each depth, the shallowest first. */
  private static final List<Integer> STAGES_BY_DEPTH = List.of(81, 729, 6561);

  private static final int STAGE_CHOICES = 81 + 729 + 6561;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "MobileNetV3 (Once-for-All)";
  }

  @Override
  public SpaceDescription description() {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("first", "3x3 convolution and a fixed block, 16 channels, halved"));
    for (int stage = 0; stage < STAGES; stage++) {
      ElasticStage each = ElasticStage.ALL.get(stage);
      facts.add(
          Fact.of(
              "stage " + (stage + 1),
              "%s, %s%s"
                  .formatted(
                      ElasticStage.title(stage),
                      each.activation() == ElasticStage.Activation.RELU ? "ReLU" : "h-swish",
                      each.isGated() ? ", squeeze and excitation" : "")));
    }
    facts.add(Fact.of("last", "1x1 convolution to 960, mean, 1280 features, linear"));
    facts.add(Fact.of("operations", String.join(", ", operators())));
    facts.add(Fact.of("written as", ElasticNotation.EXAMPLE));
    return new SpaceDescription(
        facts,
        List.of(
            "Each stage has two to four inverted residual blocks: kKeE has a KxK depthwise",
            "convolution and E times as many channels within it as come in. Also read:",
            "codings of Once-for-All, {'ks': [20], 'e': [20], 'd': [5]}; what they say of",
            "blocks beyond the depth of a stage is of no network, and left out."));
  }

  /** More than a long can hold. */
  @Override
  public long size() {
    return Long.MAX_VALUE;
  }

  @Override
  public BigInteger exactSize() {
    return BigInteger.valueOf(STAGE_CHOICES).pow(STAGES);
  }

  @Override
  public List<String> operators() {
    return ElasticBlock.ALL.stream().map(ElasticBlock::label).toList();
  }

  @Override
  public OperatorStyle style(String operator) {
    return ElasticStyle.of(ElasticBlock.labelled(operator));
  }

  @Override
  public boolean recognises(String text) {
    return ForeignNotation.ELASTIC.describes(text);
  }

  @Override
  public ElasticArchitecture parse(String text) {
    return ElasticArchitecture.parse(text);
  }

  /**
   * Uniform over the different networks, so that most stages have four blocks: Once-for-All and
   * MetaD2A draw codings uniformly, which prefers shallow networks.
   */
  @Override
  public ElasticArchitecture random(RandomStream stream) {
    List<List<ElasticBlock>> stages = new ArrayList<>();
    for (int stage = 0; stage < STAGES; stage++) {
      stages.add(stage(stream.nextInt(STAGE_CHOICES)));
    }
    return new ElasticArchitecture(stages);
  }

  /** The stage of a number: the shallow ones first. */
  private static List<ElasticBlock> stage(int number) {
    int rest = number;
    int depth = SHALLOWEST;
    while (rest >= STAGES_BY_DEPTH.get(depth - SHALLOWEST)) {
      rest -= STAGES_BY_DEPTH.get(depth - SHALLOWEST);
      depth++;
    }
    List<ElasticBlock> blocks = new ArrayList<>();
    for (int slot = 0; slot < depth; slot++) {
      blocks.add(ElasticBlock.ALL.get(rest % ElasticBlock.ALL.size()));
      rest /= ElasticBlock.ALL.size();
    }
    return blocks;
  }

  /** The shallowest networks of one kind of block. */
  @Override
  public List<Architecture> cheapest() {
    return ElasticBlock.ALL.stream()
        .<Architecture>map(block ->
            new ElasticArchitecture(
                Collections.nCopies(STAGES, Collections.nCopies(SHALLOWEST, block))))
        .toList();
  }

  @Override
  public List<Architecture> neighbours(Architecture architecture) {
    return List.copyOf(ElasticNeighbours.of((ElasticArchitecture) architecture));
  }

  /** With a state for every slot: those that a shallow stage leaves out lie alone. */
  @Override
  public ArchitectureGraph graph(Architecture architecture) {
    return ArchitectureGraph.of(
        operators(), List.of(""), STAGES * DEEPEST + 1, architecture.placed(), List.of());
  }

  /** Its coding, as programs of Once-for-All take it. */
  @Override
  public List<ArchitectureFact> facts(Architecture architecture) {
    ElasticSlots slots = ((ElasticArchitecture) architecture).slots();
    return List.of(
        new ArchitectureFact("ks", "kernels (ks)", digits(slots.kernels())),
        new ArchitectureFact("e", "expansions (e)", digits(slots.expansions())),
        new ArchitectureFact("d", "depths (d)", digits(slots.depths())));
  }

  private static String digits(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  /** On the data that the space was published for, ImageNet. */
  @Override
  public List<StandardNetwork> standardNetworks(Architecture architecture) {
    return List.of(
        new StandardNetwork(
            standardCost(architecture, CLASSES),
            "of the network of width 1.0 for 1000 classes of 224x224 images"));
  }

  @Override
  public Cost standardCost(Architecture architecture, int classes) {
    return ElasticNetwork.PUBLISHED.cost(architecture, IMAGE_SIZE, classes);
  }

  @Override
  public int timedParts() {
    return ElasticParts.COUNT;
  }

  @Override
  public double[] timedParts(Architecture architecture, int imageSize) {
    return ElasticParts.of((ElasticArchitecture) architecture, imageSize);
  }

  @Override
  public double least(int imageSize, double... costs) {
    return ElasticParts.least(imageSize, costs);
  }

  @Override
  public Class<? extends NetworkSettings> networkSettings() {
    return ElasticNetwork.class;
  }

  @Override
  public void checkNetwork(Checks checks) {
    if (checks.usable("network.firstStride", "evaluation.imageSize")) {
      ElasticNetwork network = new ElasticNetwork(1, (int) checks.number("network.firstStride"), 0);
      if (checks.number("evaluation.imageSize") < network.totalStride()) {
        checks.problem(
            "evaluation.imageSize (%d) must be at least %d, since the network halves it until less than a pixel "
                + "would be left: raise it%s.",
            checks.number("evaluation.imageSize"),
            network.totalStride(),
            network.firstStride() == 2 ? ", or set network.firstStride to 1" : "");
      }
    }
    if (NetworkChecks.hasAuxiliaryHead(checks)) {
      checks.problem(
          "evaluation.auxiliaryWeight must be 0 for networks of MobileNetV3: they have no auxiliary head.");
    }
  }
}
