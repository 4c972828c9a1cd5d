package dev.espalier.learning.space.darts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.Trainee;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.Genotype;

/**
 * The network of a genotype.
 *
 * @param cells of the whole network
 */
public record GenotypeTrainee(
    Genotype genotype, DartsShape.Stem stem, int channels, int cells, int imageSize)
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
          ("images of %d pixels leave the auxiliary head a single one: "
                  + "use larger images, or set the auxiliaryWeight to 0")
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
