package dev.espalier.cli.command;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;

/**
 * Ids as people give them: whole ({@code te-nas-7f3k2m}), or the beginning of it or of its last
 * part ({@code 7f3}) if that tells it from the others.
 */
final class ExperimentIds {

  private ExperimentIds() {}

  private static boolean begins(String id, String given) {
    return id.startsWith(given) || id.substring(id.lastIndexOf('-') + 1).startsWith(given);
  }

  /** The one id that is {@code given} or begins with it. */
  static String resolve(String given, List<String> ids) {
    if (ids.contains(given)) {
      return given;
    }
    List<String> matching =
        given.isBlank() ? List.of() : ids.stream().filter(id -> begins(id, given)).toList();
    if (matching.isEmpty()) {
      throw new InvalidInput(
          "there is no experiment \"%s\" here.%s Run: espalier list"
              .formatted(given, DidYouMean.sentence(given, ids)));
    }
    return only(given, matching);
  }

  /** The one that is meant, if it is the only one. */
  static String only(String given, List<String> matching) {
    if (matching.size() == 1) {
      return matching.getFirst();
    }
    throw new InvalidInput(
        "\"%s\" may be any of %d experiments (%s): give more of the id"
            .formatted(
                given,
                matching.size(),
                String.join(", ", matching.subList(0, Math.min(5, matching.size())))
                    + (matching.size() > 5 ? ", ..." : "")));
  }
}
