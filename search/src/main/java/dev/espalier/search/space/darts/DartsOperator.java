package dev.espalier.search.space.darts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;

/** What an edge of a DARTS cell computes; in the order of the TE-NAS program. */
public enum DartsOperator {
  NONE("none", 0),
  SKIP_CONNECT("skip_connect", 0),
  SEP_CONV_3X3("sep_conv_3x3", 3),
  SEP_CONV_5X5("sep_conv_5x5", 5),
  DIL_CONV_3X3("dil_conv_3x3", 3),
  DIL_CONV_5X5("dil_conv_5x5", 5),
  AVG_POOL_3X3("avg_pool_3x3", 0),
  MAX_POOL_3X3("max_pool_3x3", 0);

  /** All operators in order. */
  public static final List<DartsOperator> ALL = List.of(values());

  private static final List<String> LABELS = ALL.stream().map(DartsOperator::label).toList();

  private final String label;
  private final int kernel;

  DartsOperator(String label, int kernel) {
    this.label = label;
    this.kernel = kernel;
  }

  /** The published name, such as {@code sep_conv_3x3}. */
  @JsonValue
  public String label() {
    return label;
  }

  /** Height and width of the depthwise filters; 0 for an operator without any. */
  public int kernel() {
    return kernel;
  }

  /** Whether it is made of depthwise and pointwise convolutions. */
  public boolean isConvolution() {
    return kernel > 0;
  }

  /** Depthwise and pointwise convolutions one after the other: 2 of a separable, 1 of a dilated. */
  public int repeats() {
    return switch (this) {
      case SEP_CONV_3X3, SEP_CONV_5X5 -> 2;
      case DIL_CONV_3X3, DIL_CONV_5X5 -> 1;
      case NONE, SKIP_CONNECT, AVG_POOL_3X3, MAX_POOL_3X3 -> 0;
    };
  }

  /** Pixels from one tap of the filter to the next. */
  public int dilation() {
    return this == DIL_CONV_3X3 || this == DIL_CONV_5X5 ? 2 : 1;
  }

  /** This operator's place in {@link #ALL}. */
  public int index() {
    return ALL.indexOf(this);
  }

  @JsonCreator
  public static DartsOperator parse(String label) {
    int index = LABELS.indexOf(label);
    if (index < 0) {
      throw new InvalidInput(
          "unknown operator \"%s\": allowed are %s.%s"
              .formatted(label, String.join(", ", LABELS), DidYouMean.sentence(label, LABELS)));
    }
    return ALL.get(index);
  }
}
