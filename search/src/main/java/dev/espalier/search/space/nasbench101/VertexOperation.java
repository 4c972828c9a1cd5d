package dev.espalier.search.space.nasbench101;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import java.util.Locale;

/** What a vertex of a NAS-Bench-101 cell computes; in the benchmark's own order. */
public enum VertexOperation {
  CONV_3X3("conv3x3", 3),
  CONV_1X1("conv1x1", 1),
  MAX_POOL_3X3("maxpool3x3", 0);

  /** All operations in the benchmark's order. */
  public static final List<VertexOperation> ALL = List.of(values());

  private static final List<String> LABELS = ALL.stream().map(VertexOperation::label).toList();

  /** What the benchmark's names of convolutions have behind ours. */
  private static final String NORMALIZED = "-bn-relu";

  private final String label;
  private final int convolutionSize;

  VertexOperation(String label, int convolutionSize) {
    this.label = label;
    this.convolutionSize = convolutionSize;
  }

  /** The name in architectures, such as {@code conv3x3}. */
  public String label() {
    return label;
  }

  /** The benchmark's name, such as {@code conv3x3-bn-relu}. */
  public String officialLabel() {
    return isConvolution() ? label + NORMALIZED : label;
  }

  /** Height and width of the convolution's filter; 0 for an operation without weights. */
  public int convolutionSize() {
    return convolutionSize;
  }

  public boolean isConvolution() {
    return convolutionSize > 0;
  }

  /** This operation's place in {@link #ALL}, which is the benchmark's number of it. */
  public int index() {
    return ALL.indexOf(this);
  }

  /**
   * The operation of a name, ours or the benchmark's, in whatever case.
   *
   * @throws InvalidInput with the allowed ones
   */
  public static VertexOperation labelled(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    int index =
        LABELS.indexOf(
            plain.endsWith(NORMALIZED)
                ? plain.substring(0, plain.length() - NORMALIZED.length())
                : plain);
    if (index < 0) {
      throw new InvalidInput(
          "unknown operation \"%s\": allowed are %s.%s"
              .formatted(name, String.join(", ", LABELS), DidYouMean.sentence(name, LABELS)));
    }
    return ALL.get(index);
  }
}
