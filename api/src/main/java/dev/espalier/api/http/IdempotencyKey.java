package dev.espalier.api.http;

import dev.espalier.search.failure.InvalidInput;
import io.micronaut.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The name that a caller gives to one wish, so that asking again after a lost answer does nothing
 * twice: the {@code Idempotency-Key} header.
 */
public final class IdempotencyKey {
  /** The header's name. */
  public static final String HEADER = "Idempotency-Key";

  private static final int LONGEST = 255;

  private IdempotencyKey() {}

  /** The key of a request, without the quotes that it may stand in; empty for none. */
  public static String of(HttpRequest<?> request) {
    return of(request.getHeaders().get(HEADER));
  }

  private static String of(@Nullable String header) {
    if (header == null) {
      return "";
    }
    boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
    String key = quoted ? header.substring(1, header.length() - 1) : header;
    boolean fine =
        !key.isBlank()
            && key.length() <= LONGEST
            && key.chars().allMatch(sign -> sign > ' ' && sign < 127 && sign != '"');
    if (!fine) {
      throw new InvalidInput(
          "%s must be 1 to %d visible ASCII characters without blanks and quotes, but has %d: a random UUID will do."
              .formatted(HEADER, LONGEST, key.length()));
    }
    return key;
  }
}
