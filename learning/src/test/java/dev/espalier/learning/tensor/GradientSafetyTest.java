package dev.espalier.learning.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.tensor.Gradients.Graph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The traps of the engine's autograd, each of which gives wrong gradients without its guard. */
class GradientSafetyTest {
  private static final int SIZE = 1 << 14;

  private final Torch torch = Torch.cpu();

  @Test
  void scalarsSurviveTheGarbageCollectorBetweenForwardAndBackward() {
    for (int attempt = 0; attempt < 10; attempt++) {
      try (Scope _ = torch.recording();
          Tensor leaf = torch.leaf(new float[] {1, 2, 3}, 3)) {
        Tensor loss = leaf.multiply(0.5).add(4).multiply(3).sum();
        overwriteFreedMemory();
        assertThat(gradient(loss, leaf)).containsExactly(1.5f, 1.5f, 1.5f);
      }
    }
  }

  @Test
  void inputsDoNotAliasTheMemoryTheyCameFrom() {
    float[] ones = filled(1);
    float[] twos = filled(2);
    for (int attempt = 0; attempt < 10; attempt++) {
      try (Scope _ = torch.recording();
          Tensor leaf = torch.leaf(ones, SIZE)) {
        Tensor input = torch.tensor(twos, SIZE);
        Tensor loss = leaf.multiply(input).sum();
        input.close(); // the graph still needs it
        torch.tensor(filled(77), SIZE); // takes the same staging memory
        overwriteFreedMemory();
        assertThat(gradient(loss, leaf)).containsOnly(2f);
      }
    }
  }

  @Test
  void leavesDoNotAliasTheMemoryTheyCameFrom() {
    try (Tensor leaf = torch.leaf(filled(3), SIZE);
        Tensor _ = torch.leaf(filled(4), SIZE)) {
      overwriteFreedMemory();
      assertThat(leaf.toFloats()).containsOnly(3f);
    }
  }

  @Test
  void everyBackwardPassStartsFromZero() {
    try (Scope _ = torch.recording();
        Tensor leaf = torch.leaf(new float[] {1, 2}, 2)) {
      Tensor squares = leaf.square();
      Tensor first = torch.tensor(new float[] {1, 0}, 2);
      Tensor second = torch.tensor(new float[] {0, 1}, 2);
      Tensor gradient = Gradients.of(squares, first, List.of(leaf), Graph.KEEP).getFirst();
      double[] rows = new double[4];
      Gradients.intoRow(squares, first, List.of(leaf), Graph.KEEP, rows, 0);
      Gradients.intoRow(squares, second, List.of(leaf), Graph.FREE, rows, 2);
      assertThat(rows).containsExactly(2, 0, 0, 4);
      assertThat(gradient.toFloats()).as("a copy, not overwritten").containsExactly(2, 0);
    }
  }

  @Test
  void leavesThatTheGraphDoesNotReachHaveZeroGradient() {
    try (Scope _ = torch.recording();
        Tensor used = torch.leaf(new float[] {5}, 1);
        Tensor unused = torch.leaf(new float[] {1, 1}, 1, 2)) {
      Tensor output = used.square();
      List<Tensor> gradients = Gradients.of(output, List.of(unused, used));
      assertThat(gradients.get(0).toFloats()).containsExactly(0, 0);
      assertThat(gradients.get(0).shape()).containsExactly(1, 2);
      assertThat(gradients.get(1).toFloats()).containsExactly(10);
    }
  }

  @Test
  void doublePrecisionHasDoublePrecisionGradients() {
    try (Scope _ = torch.recording();
        Tensor leaf = torch.leaf(new double[] {1 + 1e-12}, 1)) {
      assertThat(leaf.precision()).isEqualTo(Precision.FLOAT64);
      double[] gradient = Gradients.of(leaf.square(), List.of(leaf)).getFirst().toDoubles();
      assertThat(gradient).containsExactly(2 * (1 + 1e-12));
    }
  }

  @Test
  void nothingRecordedIsSaidClearly() {
    try (Tensor leaf = torch.leaf(new float[] {1}, 1);
        Scope _ = torch.inference()) {
      Tensor output = leaf.square();
      assertThatThrownBy(() -> Gradients.of(output, List.of(leaf)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("nothing was recorded")
          .hasMessageContaining("torch.recording()");
    }
  }

  @Test
  void changingInPlaceIsRefusedWhileRecording() {
    try (Scope _ = torch.recording();
        Tensor leaf = torch.leaf(new float[] {1}, 1)) {
      Tensor one = torch.full(1, Precision.FLOAT32, 1);
      assertThatThrownBy(() -> leaf.addInPlace(one))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in place");
      try (Scope _ = torch.inference()) {
        leaf.addInPlace(one);
      }
      assertThat(leaf.toFloats()).containsExactly(2);
    }
  }

  private static float[] gradient(Tensor loss, Tensor leaf) {
    return Gradients.of(loss, List.of(leaf)).getFirst().toFloats();
  }

  private static float[] filled(float value) {
    float[] values = new float[SIZE];
    Arrays.fill(values, value);
    return values;
  }

  /** Lets direct buffers that nobody holds be freed, then writes over memory of the same sizes. */
  private static void overwriteFreedMemory() {
    List<ByteBuffer> garbage = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    for (int size : new int[] {4, 8, 4 * SIZE}) {
      for (int i = 0; i < 200; i++) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(size);
        while (buffer.hasRemaining()) {
          buffer.put((byte) 0x55);
        }
        garbage.add(buffer);
      }
    }
    assertThat(garbage).isNotEmpty();
  }
}
