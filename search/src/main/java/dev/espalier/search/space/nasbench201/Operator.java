package dev.espalier.search.space.nasbench201;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;

/** What an edge of a NAS-Bench-201 cell computes; in the benchmark's own order. */
public enum Operator {
  NONE("none", 0),
  SKIP_CONNECT("skip_connect", 0),
  NOR_CONV_1X1("nor_conv_1x1", 1),
  NOR_CONV_3X3("nor_conv_3x3", 3),
  AVG_POOL_3X3("avg_pool_3x3", 0);

  /** All operators in the benchmark's order. */
  public static final List<Operator> ALL = List.of(values());

  private static final List<String> LABELS = ALL.stream().map(Operator::label).toList();

  private final String label;
  private final int convolutionSize;

  Operator(String label, int convolutionSize) {
    this.label = label;
    this.convolutionSize = convolutionSize;
  }

  /** The benchmark's name, such as {@code nor_conv_3x3}. */
  @JsonValue
  public String label() {
    return label;
  }

  /** Height and width of the convolution's filter; 0 for an operator without weights. */
  public int convolutionSize() {
    return convolutionSize;
  }

  public boolean isConvolution() {
    return convolutionSize > 0;
  }

  /** This operator's place in {@link #ALL}. */
  public int index() {
    return ALL.indexOf(this);
  }

  @JsonCreator
  public static Operator parse(String label) {
    int index = LABELS.indexOf(label);
    if (index < 0) {
      throw new InvalidInput(
          "unknown operator \"%s\": allowed are %s.%s"
              .formatted(label, String.join(", ", LABELS), DidYouMean.sentence(label, LABELS)));
    }
    return ALL.get(index);
  }
}
