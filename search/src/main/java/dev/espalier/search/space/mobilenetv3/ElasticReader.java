package dev.espalier.search.space.mobilenetv3;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.ForeignNotation;
import dev.espalier.search.space.Surroundings;
import java.util.List;

/** A network in its own notation, or as programs of Once-for-All print its coding. */
final class ElasticReader {
  private ElasticReader() {}

  /**
   * @throws InvalidInput with the place of the mistake, or with the notation that it is instead
   */
  static ElasticArchitecture read(String pasted) {
    String text = Surroundings.plain(pasted);
    try {
      if (CodingReader.reads(text)) {
        return CodingReader.read(text).architecture();
      }
      String left = Surroundings.removed(text);
      return CodingReader.reads(left)
          ? CodingReader.read(left).architecture()
          : isRow(left) ? CodingReader.ofRow(left).architecture() : ElasticNotation.read(left);
    } catch (InvalidInput e) {
      throw ForeignNotation.instead(
          text, "a MobileNetV3 network", List.of(ForeignNotation.ELASTIC), e);
    }
  }

  /** Three lists of digits between hyphens, as tables of latencies have them. */
  private static boolean isRow(String text) {
    return !text.isEmpty() && Character.isDigit(text.charAt(0));
  }
}
