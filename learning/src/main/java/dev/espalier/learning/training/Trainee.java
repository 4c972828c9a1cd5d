package dev.espalier.learning.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.learning.network.DartsNetwork;
import dev.espalier.learning.network.DartsPlan;
import dev.espalier.learning.network.Network;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.network.ParallelNetwork;
import dev.espalier.learning.network.ParallelPlan;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.ParallelArchitecture;

/**
 * What a training trains: it builds the network, and is a part of what a checkpoint must agree
 * with.
 */
interface Trainee {
  int IMAGE_CHANNELS = 3;

  /** The architecture's key in the metadata of the weights. */
  String kind();

  /** The architecture as a string. */
  String canonical();

  /** What a checkpoint must agree with. */
  default JsonNode identity() {
    return Json.tree(this);
  }

  /**
   * @param auxiliary whether it has a second classifier, for training only
   * @throws InvalidInput if it is to have one and cannot
   */
  TrainableNetwork network(Torch torch, int classes, ParameterSource weights, boolean auxiliary);

  /** The network of a NAS-Bench-201 cell. */
  record OfCell(Cell cell, int channels, int cells) implements Trainee {
    @Override
    public String kind() {
      return "cell";
    }

    @Override
    public String canonical() {
      return cell.canonical();
    }

    @Override
    public TrainableNetwork network(
        Torch torch, int classes, ParameterSource weights, boolean auxiliary) {
      NetworkPlan plan = NetworkPlan.whole(channels, cells, classes, IMAGE_CHANNELS);
      return new Network(torch, auxiliary ? plan.withAuxiliaryHead() : plan, cell.mask(), weights);
    }
  }

  /**
   * The network of a genotype.
   *
   * @param cells of the whole network
   */
  record OfGenotype(Genotype genotype, DartsShape.Stem stem, int channels, int cells, int imageSize)
      implements Trainee {
    @Override
    public String kind() {
      return "genotype";
    }

    @Override
    public String canonical() {
      return genotype.canonical();
    }

    @Override
    public TrainableNetwork network(
        Torch torch, int classes, ParameterSource weights, boolean auxiliary) {
      DartsShape shape = new DartsShape(stem, channels, cells, classes, imageSize, IMAGE_CHANNELS);
      if (auxiliary && shape.lastSize() < 2) {
        throw new InvalidInput(
            "images of %d pixels leave the auxiliary head a single one: use larger images, or set the auxiliaryWeight to 0"
                .formatted(imageSize));
      }
      DartsPlan plan = DartsPlan.of(shape);
      return new DartsNetwork(
          torch,
          auxiliary ? plan.withAuxiliaryHead() : plan,
          genotype,
          weights,
          Precision.FLOAT32,
          parameter -> true);
    }

    /** Without the stem for CIFAR, so that checkpoints from before there was another still fit. */
    @Override
    public JsonNode identity() {
      ObjectNode whole = (ObjectNode) Json.tree(this);
      return stem == DartsShape.Stem.CIFAR ? whole.without("stem") : whole;
    }
  }

  /** A network whose layers sum several operations. */
  record OfOperations(MacroShape shape, ParallelArchitecture architecture) implements Trainee {
    @Override
    public String kind() {
      return "architecture";
    }

    @Override
    public String canonical() {
      return architecture.canonical();
    }

    @Override
    public TrainableNetwork network(
        Torch torch, int classes, ParameterSource weights, boolean auxiliary) {
      if (auxiliary) {
        throw new InvalidInput(
            "a network of parallel operations has no auxiliary head: set the auxiliaryWeight to 0");
      }
      return new ParallelNetwork(
          torch, new ParallelPlan(shape, architecture, classes, IMAGE_CHANNELS), weights);
    }
  }
}
