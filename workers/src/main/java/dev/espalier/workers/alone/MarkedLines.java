package dev.espalier.workers.alone;

import dev.espalier.search.canonical.Json;
import java.util.Optional;

/**
 * What a process that runs one unit of work tells its worker, a line each on its standard output.
 *
 * <p>Native libraries may write there too, so that each line is marked.
 */
final class MarkedLines {
  /** The only word in the other direction, after the assignment. */
  static final String STOP = "stop";

  private static final String MARK = "espalier-unit:";

  private MarkedLines() {}

  /** What is told. */
  enum Word {
    /** Everything is ready and the work begins: from here on a death is the work's own. */
    BEGUN,
    STEP,
    POINT,
    ANSWER,
    FAILURE
  }

  /**
   * @param value text of one line
   */
  record Line(Word word, String value) {}

  static String write(Word word, String value) {
    return MARK + Json.write(new Line(word, value));
  }

  static Optional<Line> read(String text) {
    int mark = text.indexOf(MARK);
    return mark < 0
        ? Optional.empty()
        : Optional.of(Json.read(text.substring(mark + MARK.length()), Line.class));
  }
}
