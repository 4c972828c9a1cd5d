package dev.espalier.search.space.mobilenetv3;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.ForeignNotation;
import dev.espalier.search.space.Surroundings;
import java.util.List;
import java.util.regex.Pattern;

/** A network in its own notation, or as programs of Once-for-All print its coding. */
final class ElasticReader {
  /** Three lists of digits between hyphens, as tables of latencies have them. */
  private static final Pattern ROW =
      Pattern.compile(
          "[0-9](?:\\s*-\\s*[0-9])*(?:[,;\\s]+[\"']?[0-9](?:\\s*-\\s*[0-9])*[\"']?)*\\D?.*");

  private ElasticReader() {}

  /**
   * @throws InvalidInput with the place of the mistake, or with the notation that it is instead
   */
  static ElasticArchitecture read(String text) {
    try {
      if (CodingReader.reads(text)) {
        return CodingReader.read(text).architecture();
      }
      String left = Surroundings.removed(text);
      return CodingReader.reads(left)
          ? CodingReader.read(left).architecture()
          : ROW.matcher(left).matches()
              ? CodingReader.ofRow(left).architecture()
              : ElasticNotation.read(left);
    } catch (InvalidInput e) {
      throw ForeignNotation.instead(
          text, "a MobileNetV3 network", List.of(ForeignNotation.ELASTIC), e);
    }
  }
}
