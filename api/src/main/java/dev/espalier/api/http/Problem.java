package dev.espalier.api.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * An error as a program and a person can use it (RFC 9457, {@code application/problem+json}).
 *
 * @param type a name for the kind of error that does not change between versions
 * @param title the kind of error in a few words
 * @param status the HTTP status
 * @param detail what was given, what is allowed, how to mend it
 * @param instance the path that was asked
 * @param problems every single problem, where there are several
 */
@Schema(description = "An error (RFC 9457): what was given, what is allowed, how to mend it.")
public record Problem(
    String type, String title, int status, String detail, String instance, List<String> problems) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    problems = List.copyOf(problems);
  }
}
