package dev.espalier.api.live;

import dev.espalier.search.failure.InvalidInput;
import io.micronaut.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a stream was lost: the {@code Last-Event-ID} header, which holds the {@code id} of the last
 * server-sent event that came.
 */
final class LastEventId {
  static final String HEADER = "Last-Event-ID";

  private static final Pattern BLANK = Pattern.compile(" ");

  private LastEventId() {}

  /** The header's value, if it is there. */
  static Optional<String> of(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HEADER));
  }

  /**
   * The sequence of the last event that is known.
   *
   * @param name of where it stands, for the message
   * @throws InvalidInput if it is none
   */
  static long sequence(String name, String text) {
    if (!text.matches("\\d{1,18}")) {
      throw new InvalidInput(
          ("%s must be the sequence of the last event that is known, such as 12, but was \"%s\": "
                  + "leave it out to begin with the first")
              .formatted(name, text));
    }
    return Long.parseLong(text);
  }

  /**
   * The digest of the list that was told last.
   *
   * @throws InvalidInput if it is none
   */
  static String digest(String text) {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new InvalidInput(
          "%s must be the id of an event of this stream, a SHA-256, but was \"%s\": leave it out to begin anew"
              .formatted(HEADER, text));
    }
    return text;
  }

  /** What is known of several experiments, as {@code ID:SEQUENCE ID:SEQUENCE}. */
  static String of(Map<String, Long> sequences) {
    return sequences.entrySet().stream()
        .map(each -> each.getKey() + ":" + each.getValue())
        .collect(Collectors.joining(" "));
  }

  /**
   * Reads {@link #of(Map)}.
   *
   * @throws InvalidInput if it is none
   */
  static Map<String, Long> sequences(String text) {
    Map<String, Long> sequences = new LinkedHashMap<>();
    BLANK
        .splitAsStream(text)
        .forEach(each -> {
          int colon = each.lastIndexOf(':');
          sequences.put(
              each.substring(0, Math.max(0, colon)), sequence(HEADER, each.substring(colon + 1)));
        });
    return sequences;
  }
}
