package dev.espalier.learning.training;

import dev.espalier.learning.network.DartsNetwork;
import dev.espalier.learning.network.Network;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.network.ParallelNetwork;
import dev.espalier.learning.network.ParallelPlan;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.ParallelArchitecture;

/**
 * What a training trains: it builds the network and says what a checkpoint must agree with, of
 * which its JSON is a part.
 */
interface Trainee {
  int IMAGE_CHANNELS = 3;

  /** The architecture's key in the metadata of the weights. */
  String kind();

  /** The architecture as a string. */
  String canonical();

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

  /** The network of a genotype for images of CIFAR's kind. */
  record OfGenotype(Genotype genotype, int channels, int cells, int imageSize) implements Trainee {
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
      if (auxiliary) {
        throw new InvalidInput(
            "a network of DARTS cells has no auxiliary head yet: set the auxiliaryWeight to 0");
      }
      DartsShape shape =
          new DartsShape(
              DartsShape.Stem.CIFAR, channels, cells, classes, imageSize, IMAGE_CHANNELS);
      return new DartsNetwork(torch, shape, genotype, weights);
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
