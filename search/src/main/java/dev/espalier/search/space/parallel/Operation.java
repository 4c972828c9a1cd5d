package dev.espalier.search.space.parallel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;

/** What a layer can be a sum of, in the published order. */
public enum Operation {
  /** The identity, or what stands for it where channels or size change. */
  SKIP("skip", 0, 1),
  SEPARABLE_3("sep3", 3, 1),
  SEPARABLE_5("sep5", 5, 1),
  SEPARABLE_7("sep7", 7, 1),
  DILATED_3("dil3", 3, 2),
  DILATED_5("dil5", 5, 2);

  private final String label;
  private final int kernel;
  private final int dilation;

  Operation(String label, int kernel, int dilation) {
    this.label = label;
    this.kernel = kernel;
    this.dilation = dilation;
  }

  /** The name in specifications and architectures, such as {@code sep3}. */
  @JsonValue
  public String label() {
    return label;
  }

  /** Side of the depthwise kernel; 0 for {@link #SKIP}. */
  public int kernel() {
    return kernel;
  }

  /** 2 for the dilated convolutions, else 1. */
  public int dilation() {
    return dilation;
  }

  /** Zeros on every side of the image, so that it keeps its size at stride 1. */
  public int padding() {
    return (kernel - 1) / 2 * dilation;
  }

  /** Whether it is two depthwise separable convolutions in a row. */
  public boolean isSeparable() {
    return kernel > 0 && dilation == 1;
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Operation::label).toList();
  }

  /**
   * The operation of this label.
   *
   * @throws InvalidInput with the allowed ones
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Operation labelled(String label) {
    for (Operation operation : values()) {
      if (operation.label.equals(label)) {
        return operation;
      }
    }
    throw new InvalidInput(
        "unknown operation \"%s\": allowed is %s.%s"
            .formatted(label, String.join(", ", labels()), DidYouMean.sentence(label, labels())));
  }
}
