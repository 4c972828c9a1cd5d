package dev.espalier.learning.space.mobilenetv3;

import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.DEEPEST;
import static dev.espalier.search.space.mobilenetv3.ElasticArchitecture.STAGES;

import dev.espalier.learning.predictor.ArchitectureEncoding;
import dev.espalier.learning.predictor.EncodedArchitecture;
import dev.espalier.learning.predictor.EncodedSpace;
import dev.espalier.learning.predictor.GraphLayout;
import dev.espalier.learning.predictor.GraphLayout.Place;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.PlacedOperator;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.MobileNetV3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encodes networks of MobileNetV3: in each stage a place for every slot, and one from the second
 * and the third slot to the next stage, where a shallow stage ends. A place is marked with the
 * block that stands there.
 */
public final class EncodedMobileNetV3 implements EncodedSpace {
  @Override
  public String name() {
    return MobileNetV3.NAME;
  }

  @Override
  public Optional<ArchitectureEncoding> encoding(SearchSpace space) {
    return space instanceof MobileNetV3 ? Optional.of(new Blocks(layout())) : Optional.empty();
  }

  private static GraphLayout layout() {
    List<Place> places = new ArrayList<>();
    for (int stage = 0; stage < STAGES; stage++) {
      int first = stage * DEEPEST;
      for (int slot = 0; slot < DEEPEST; slot++) {
        places.add(new Place(first + slot, first + slot + 1));
        if (slot + 1 >= ElasticArchitecture.SHALLOWEST && slot + 1 < DEEPEST) {
          places.add(new Place(first + slot, first + DEEPEST));
        }
      }
    }
    return new GraphLayout(STAGES * DEEPEST + 1, places, MobileNetV3.SPACE.operators().size());
  }

  private record Blocks(GraphLayout layout) implements ArchitectureEncoding {
    @Override
    public String digest() {
      return Digest.of(List.of(MobileNetV3.NAME, layout));
    }

    @Override
    public EncodedArchitecture encode(Architecture architecture) {
      if (!(architecture instanceof ElasticArchitecture elastic)) {
        throw new InvalidInput("%s is not in the space".formatted(architecture.canonical()));
      }
      boolean[] marks = new boolean[layout.marks()];
      List<String> operators = MobileNetV3.SPACE.operators();
      for (PlacedOperator each : elastic.placed()) {
        int place = layout.places().indexOf(new Place(each.edge().source(), each.edge().target()));
        marks[place * layout.operations() + operators.indexOf(each.operator())] = true;
      }
      return new EncodedArchitecture(layout, marks);
    }
  }
}
