package dev.espalier.search.space;

import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Notations of architectures that are known by their looks, so that a mistake can name them. */
public enum ForeignNotation {
  RECURRENT(
      "recurrent\\s*=",
      "a recurrent cell, for language models: the space darts has cells of convolutions"),
  CONFIGURATION(
      "NetworkSelectorDatasetInfo",
      "a configuration of NAS-Bench-301: write it as a genotype of the space darts"),
  YAML(
      "(?m)^\\s*normal(?:_concat)?\\s*:(?:\\s*$|\\s*\\n?\\s*-|\\s*\\[.*^\\s*reduce)",
      "a genotype in YAML: write it as JSON, or as Genotype(normal=[...], ...), of the space darts"),
  NNI(
      "(?:normal|reduce)/(?:op|input)_",
      "a cell as NNI exports it: write it as a genotype of the space darts"),
  GENOTYPE("Genotype\\s*\\(|(?:sep|dil)_conv_", "a genotype: its space is darts"),
  CELL(
      "nor_conv_\\dx\\d|\\w+\\s*~\\s*0\\s*\\|",
      "a cell of NAS-Bench-201: its space is nas-bench-201"),
  /** Rows that have a single one each; a cell's last row has none. */
  ENCODING(
      "^\\W*?[\\[(]\\s*(?:[\\[(]\\s*(?:0\\.?0*\\s*,\\s*)*1\\.?0*(?:\\s*,\\s*0\\.?0*){0,20}\\s*"
          + "[\\])][\\s,]*){2,20}[\\])]\\W*$",
      "a one-hot encoding, and in which order it has the operators only its program knows: write it as a string"),
  /** Its string, a matrix of zeros and ones, rows of digits, or the hash. */
  MODULE(
      "(?i)(?:conv[13]x[13]|maxpool3x3|output)(?:-bn-relu)?\\s*@|conv[13]x[13]-bn-relu|maxpool3x3|\\bModelSpec\\b"
          + "|[\\[(]\\s*[\\[(](?:\\s*[01]\\s*,){2,}\\s*[01]\\s*[\\])]"
          + "|[\\[(]\\s*[\\[(]\\s*0\\s*,\\s*1\\s*[\\])]\\s*,\\s*[\\[(]\\s*0\\s*,\\s*0\\s*[\\])]\\s*[\\])]"
          + "|^\\W*[01]{2,}(?:/[01]{2,})+|^\\W*(?:hash\\W+)?[0-9a-f]{32}\\W*$",
      "a cell of NAS-Bench-101: its space is nas-bench-101"),
  SIZES(
      "^\\W*\\d+(?:\\s*:\\s*\\d+){2,}\\W*$",
      "channels of NATS-Bench's size space, which is not here: its topology space is nas-bench-201"),
  TRANSFER(
      "^\\W*\\d+-\\d+-(?:\\d+_\\d+_\\d+|basic)\\W*$",
      "a network of TransNAS-Bench-101, a space that is not here"),
  RESIDUAL(
      "^(?!.*\\bks\\b)(?=.*\\bd[\"']?\\s*[:=])(?=.*\\be[\"']?\\s*[:=]).*\\bw[\"']?\\s*[:=]\\s*[\\[(\\d]",
      "a network of Once-for-All's ResNet-50, a space that is not here: those of mobilenet-v3 have kernels (ks)"),
  /** Its string, a coding, or a row of a table of latencies. */
  ELASTIC(
      "\\bks[\"']?\\s*[:=]|[\"']e[\"']\\s*:.{0,1000}?[\"']d[\"']\\s*:|(?i:\\bk\\de\\d\\b)"
          + "|\\d(?:\\s*-\\s*\\d){19}",
      "a network of Once-for-All: its space is mobilenet-v3"),
  LAYERS(
      "^(?:(?:skip|sep[357]|dil[357])[+|\\s]*)+$",
      "layers of parallel operations: their space is parallel-ops");

  /** Characters of a text. */
  private static final int LOOKED_AT = 20_000;

  private final Pattern looks;
  private final String inWords;

  ForeignNotation(String looks, String inWords) {
    this.looks = Pattern.compile(looks, Pattern.DOTALL);
    this.inWords = inWords;
  }

  /**
   * A mistake in a text that should be something else: what it is, where that is known.
   *
   * @param what was expected, such as {@code a genotype}
   * @param own the looks of what was expected: mistakes in these stay as they are
   */
  public static InvalidInput instead(
      String text, String what, List<ForeignNotation> own, InvalidInput mistake) {
    return of(text)
        .filter(notation -> !own.contains(notation))
        .map(notation ->
            new InvalidInput("not %s, but %s".formatted(what, notation.inWords), mistake))
        .orElse(mistake);
  }

  /** Whether a text has these looks. */
  public boolean describes(String text) {
    String beginning = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
    return looks.matcher(Surroundings.plain(beginning)).find();
  }

  private static Optional<ForeignNotation> of(String text) {
    return List.of(values()).stream().filter(notation -> notation.describes(text)).findFirst();
  }
}
