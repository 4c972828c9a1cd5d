package dev.espalier.search.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The allowed word that was probably meant by a misspelt one. */
public final class DidYouMean {
  private DidYouMean() {}

  /**
   * The nearest of {@code allowed}, when it is near enough to be a slip, or the only one that
   * begins like that.
   */
  public static Optional<String> suggestion(String given, Collection<String> allowed) {
    String word = simplified(given);
    int tolerance = Math.max(1, word.length() / 3);
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return allowed.stream()
        .map(candidate -> new Near(candidate, distance.apply(word, simplified(candidate))))
        .filter(near -> near.distance() <= tolerance)
        .min(Comparator.comparingInt(Near::distance))
        .map(Near::word)
        .or(() -> completion(word, allowed));
  }

  private static Optional<String> completion(String word, Collection<String> allowed) {
    List<String> longer =
        allowed.stream().filter(candidate -> simplified(candidate).startsWith(word)).toList();
    return word.length() >= 3 && longer.size() == 1
        ? Optional.of(longer.getFirst())
        : Optional.empty();
  }

  /** {@code " Did you mean X?"}, or nothing when no allowed word is near. */
  public static String sentence(String given, Collection<String> allowed) {
    return suggestion(given, allowed).map(" Did you mean %s?"::formatted).orElse("");
  }

  private static String simplified(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  private record Near(String word, int distance) {}
}
