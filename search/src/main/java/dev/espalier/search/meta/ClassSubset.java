package dev.espalier.search.meta;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Some classes of an image data set, taken for a data set of their own: those of a task. Its {@link
 * #digest} names it wherever a data set is named by digest, such as in an evaluation's id; it is
 * nowhere stored, but cut out of the data set whenever it is needed.
 *
 * @param images digest of the data set
 * @param classes numbers of its classes; the first becomes class 0
 */
public record ClassSubset(String images, List<Integer> classes) {
  private static final Pattern WRITTEN = Pattern.compile("([0-9a-f]{64})/(\\d+(?:\\.\\d+)*)");

  public ClassSubset {
    classes = List.copyOf(classes);
    if (classes.size() < 2) {
      throw new InvalidInput(
          "a task has at least two classes to tell apart, but this one has %d"
              .formatted(classes.size()));
    }
  }

  /** The data set's digest and, behind a slash, the classes: equal for equal images. */
  public String digest() {
    return images + "/" + classes.stream().map(String::valueOf).collect(Collectors.joining("."));
  }

  /** The subset of that digest; empty for the digest of a whole data set. */
  public static Optional<ClassSubset> of(String digest) {
    Matcher matcher = WRITTEN.matcher(digest);
    return matcher.matches()
        ? Optional.of(
            new ClassSubset(
                matcher.group(1),
                Arrays.stream(matcher.group(2).split("\\.")).map(Integer::valueOf).toList()))
        : Optional.empty();
  }
}
