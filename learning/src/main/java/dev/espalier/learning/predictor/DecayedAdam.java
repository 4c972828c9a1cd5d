package dev.espalier.learning.predictor;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adam (Kingma and Ba 2015) as PyTorch computes it, with its weight decay: {@code g += decay w}.
 * For long rows, since it takes whole vectors of them.
 */
final class DecayedAdam implements RowDescent {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final float KEEP = (float) BETA_2;
  private static final float TO_MEAN = (float) (1 - BETA_1);
  private static final float TO_SQUARE = (float) (1 - BETA_2);
  private static final float EPSILON = 1e-8f;

  private final float decay;
  private final List<Matrix> means;
  private final List<Matrix> squares;
  private long steps;
  private float rate;
  private float scale;

  DecayedAdam(List<Matrix> matrices, double weightDecay) {
    this.decay = (float) weightDecay;
    this.means = matrices.stream().map(Matrix::alike).toList();
    this.squares = matrices.stream().map(Matrix::alike).toList();
  }

  @Override
  public void begin(double learningRate) {
    steps++;
    rate = (float) (learningRate / (1 - StrictMath.pow(BETA_1, (double) steps)));
    scale = (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(BETA_2, (double) steps)));
  }

  @Override
  public void resume(long done) {
    steps = done;
  }

  @Override
  public List<Matrix> means() {
    return means;
  }

  @Override
  public List<Matrix> squares() {
    return squares;
  }

  @Override
  public void row(Matrix matrix, int row, float[] gradient) {
    float[] weights = matrix.rows()[row];
    float[] mean = means.get(matrix.index()).rows()[row];
    float[] square = squares.get(matrix.index()).rows()[row];
    int whole = SPECIES.loopBound(weights.length);
    for (int i = 0; i < whole; i += SPECIES.length()) {
      FloatVector w = FloatVector.fromArray(SPECIES, weights, i);
      FloatVector g = w.mul(decay).add(FloatVector.fromArray(SPECIES, gradient, i));
      FloatVector m = FloatVector.fromArray(SPECIES, mean, i);
      m = m.add(g.sub(m).mul(TO_MEAN));
      FloatVector s = FloatVector.fromArray(SPECIES, square, i).mul(KEEP);
      s = s.add(g.mul(g).mul(TO_SQUARE));
      m.intoArray(mean, i);
      s.intoArray(square, i);
      w.sub(m.mul(rate).div(s.sqrt().mul(scale).add(EPSILON))).intoArray(weights, i);
    }
    for (int i = whole; i < weights.length; i++) {
      float g = weights[i] * decay + gradient[i];
      mean[i] += (g - mean[i]) * TO_MEAN;
      square[i] = square[i] * KEEP + g * g * TO_SQUARE;
      weights[i] -= mean[i] * rate / ((float) Math.sqrt(square[i]) * scale + EPSILON);
    }
  }
}
