package dev.espalier.search.method;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.evolution.SuccessiveHalving;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A specification that draws each architecture with the same chance and trains all to the end. */
public interface SamplesUniformly extends SamplesArchitectures {
  @Override
  default SearchSpace searchSpace() {
    return training().network().space();
  }

  /** That of a training by itself, so that both share what was evaluated. */
  @Override
  default JsonNode protocol() {
    return Training.protocol(training().recipe(), training().network());
  }

  /** A single rung: every training goes to its end. */
  @Override
  default SuccessiveHalving halving() {
    return new SuccessiveHalving(
        List.of(new SuccessiveHalving.Rung(training().recipe().epochs(), 1)));
  }

  /** There is no budget: each is as good as any. */
  @Override
  default Predicate<String> isAffordable(int classes) {
    return _ -> true;
  }

  /**
   * So many different architectures, as canonical strings: the first of a longer draw are those of
   * a shorter one.
   */
  default List<String> draw(RandomStream stream, int count) {
    SearchSpace searched = searchSpace();
    if (count > searched.size()) {
      throw new InvalidInput(
          "%s has %,d architectures, but %,d are to be drawn: draw fewer"
              .formatted(space(), searched.size(), count));
    }
    Set<String> drawn = new LinkedHashSet<>();
    while (drawn.size() < count) {
      drawn.add(searched.random(stream).canonical());
    }
    return List.copyOf(drawn);
  }
}
