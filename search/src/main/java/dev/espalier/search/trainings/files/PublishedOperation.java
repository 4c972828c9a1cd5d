package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;

/** The operations of NAS-Bench-101's vertices, as its files name and number them. */
enum PublishedOperation {
  OUTPUT("output", -2),
  INPUT("input", -1),
  CONV_3X3("conv3x3-bn-relu", 0),
  CONV_1X1("conv1x1-bn-relu", 1),
  MAX_POOL_3X3("maxpool3x3", 2);

  private final String label;
  private final int code;

  PublishedOperation(String label, int code) {
    this.label = label;
    this.code = code;
  }

  /**
   * The name of a number.
   *
   * @throws InvalidInput if it is none
   */
  static String name(long code, int vertex) {
    return Arrays.stream(values())
        .filter(each -> each.code == code)
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                ("vertex %d has the operation %d: allowed are -1 (input), 0 (conv3x3-bn-relu), "
                        + "1 (conv1x1-bn-relu), 2 (maxpool3x3) and -2 (output)")
                    .formatted(vertex, code)))
        .label;
  }

  /** The number of a name. */
  static byte code(String name) {
    return (byte)
        Arrays.stream(values())
            .filter(each -> each.label.equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no operation is called " + name))
            .code;
  }
}
