package dev.espalier.search.evolution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.InvalidInput;
import java.util.Map;
import java.util.TreeMap;

/** The most that an architecture may cost, by the cost's name; what is not named is not limited. */
public record CostLimits(@JsonValue Map<String, Double> most) {
  public static final CostLimits NONE = new CostLimits(Map.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CostLimits {
    most = Map.copyOf(most);
    most.forEach((name, limit) -> {
      if (!Double.isFinite(limit)) {
        throw new InvalidInput(
            "the limit on %s is no number (%s): leave it out for no limit".formatted(name, limit));
      }
    });
  }

  public static CostLimits macs(double most) {
    return NONE.and(CostTable.MACS, most);
  }

  public CostLimits and(String name, double limit) {
    Map<String, Double> both = new TreeMap<>(most);
    both.put(name, limit);
    return new CostLimits(both);
  }
}
