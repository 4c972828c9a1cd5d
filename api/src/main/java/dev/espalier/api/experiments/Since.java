package dev.espalier.api.experiments;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments as people write them: {@code 7d} ago, a day, an instant. */
public final class Since {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s*(m|min|h|d|w)");

  private Since() {}

  /**
   * Reads {@code 30m}, {@code 12h}, {@code 7d}, {@code 2w} before now, {@code 2026-03-01} (in UTC)
   * or {@code 2026-03-01T12:00:00Z}.
   *
   * @return null for an empty text, and for one that is none of these, of which the problems tell
   */
  public static @Nullable Instant of(String text, Instant now, List<String> problems) {
    String given = text.strip();
    if (given.isEmpty()) {
      return null;
    }
    Matcher ago = AGO.matcher(given.toLowerCase(Locale.ROOT));
    try {
      if (ago.matches()) {
        return now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
      }
      return given.contains("T")
          ? Instant.parse(given)
          : LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      problems.add(
          "%s is no moment: write 30m, 12h, 7d or 2w, 2026-03-01 or 2026-03-01T12:00:00Z."
              .formatted(given));
      return null;
    }
  }

  private static Duration duration(long number, String unit) {
    return switch (unit) {
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      case "w" -> Duration.ofDays(7 * number);
      default -> Duration.ofMinutes(number);
    };
  }
}
