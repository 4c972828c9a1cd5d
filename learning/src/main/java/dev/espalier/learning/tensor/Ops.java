package dev.espalier.learning.tensor;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers of neural networks as functions. Letters: {@code b} batch, {@code c} input channels,
 * {@code o} output channels, {@code h, w} height and width, {@code k} kernel.
 */
public final class Ops {
  /** Height or width up to which a dense product beats the engine's pooling. */
  private static final int LARGEST_BANDED_POOLING = 64;

  private Ops() {}

  public static Tensor relu(Tensor x) {
    return Scope.current().own(JniUtils.relu(x.array()));
  }

  /** {@code min(max(x, 0), 6)}. The engine's own clamp leaves its bounds unfreed. */
  public static Tensor relu6(Tensor x) {
    return relu(x).minimum(x.torch().full(6, x.precision()));
  }

  /** {@code min(max(x + 3, 0), 6) / 6} (Howard et al., ICCV 2019). */
  public static Tensor hardSigmoid(Tensor x) {
    return relu6(x.add(3)).multiply(1 / 6.0);
  }

  /** {@code x} times {@link #hardSigmoid} of it (Howard et al., ICCV 2019). */
  public static Tensor hardSwish(Tensor x) {
    return x.multiply(hardSigmoid(x));
  }

  /**
   * Two-dimensional convolution.
   *
   * @param x {@code [b, c, h, w]}
   * @param weight {@code [o, c / groups, k, k]}
   * @param bias {@code [o]} or null
   * @return {@code [b, o, h', w']}
   */
  public static Tensor convolution(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding, int groups) {
    return convolution(x, weight, bias, stride, padding, 1, groups);
  }

  private static Tensor convolution(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int stride,
      int padding,
      int dilation,
      int groups) {
    if (stride > 1 && padding == 0 && weight.dimension(2) == 1 && weight.dimension(3) == 1) {
      // the engine writes beyond its memory here where channels lie side by side and are few
      Tensor met = x.everyNth(2, stride).everyNth(3, stride);
      return convolution(met, weight, bias, 1, 0, 1, groups);
    }
    Scope scope = Scope.current();
    return scope.own(
        JniUtils.convolution(
            x.array(),
            weight.array(),
            orNull(bias),
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(dilation, dilation),
            groups));
  }

  /**
   * Convolution of every channel by itself, padded so that stride 1 keeps the size.
   *
   * @param x {@code [b, c, h, w]}
   * @param weight {@code [c, 1, k, k]}, {@code k} odd
   * @param dilation pixels from one tap of the kernel to the next
   * @return {@code [b, c, ceil(h / stride), ceil(w / stride)]}
   */
  public static Tensor depthwiseConvolution(Tensor x, Tensor weight, int stride, int dilation) {
    if (dilation > 1) {
      Tensor apart = new DilatedConvolution(weight, stride, dilation).apply(x);
      if (apart != null) {
        return apart;
      }
    }
    int padding = (int) (weight.dimension(2) - 1) / 2 * dilation;
    return convolution(x, weight, null, stride, padding, dilation, (int) x.dimension(1));
  }

  /**
   * The same numbers with the channels of a pixel side by side in memory, an order that the layers
   * hand on. Depthwise convolutions are two to three times faster in it.
   *
   * @param x {@code [b, c, h, w]}
   */
  public static Tensor channelsLast(Tensor x) {
    long[] shape = x.shape();
    return x.permute(0, 2, 3, 1)
        .reshape(-1) // copies
        .reshape(shape[0], shape[2], shape[3], shape[1])
        .permute(0, 3, 1, 2);
  }

  /** Convolution without bias in one group, padded so that stride 1 keeps the size. */
  public static Tensor convolution(Tensor x, Tensor weight, int stride) {
    return convolution(x, weight, null, stride, (int) weight.dimension(2) / 2, 1);
  }

  /**
   * Batch normalisation over {@code [b, h, w]} of every channel.
   *
   * <p>The engine's method names its parameters wrongly; this one passes them in the order that the
   * native code reads (running mean, running variance, scale, shift). While training the running
   * statistics are moved by {@code momentum} towards those of the batch (the variance unbiased).
   *
   * @param x {@code [b, c, h, w]}
   */
  public static Tensor batchNorm(
      Tensor x, Normalization statistics, boolean training, double momentum, double epsilon) {
    Scope scope = Scope.current();
    return scope.own(
        JniUtils.batchNorm(
            x.array(),
            statistics.runningMean().array(),
            statistics.runningVariance().array(),
            statistics.scale().array(),
            statistics.shift().array(),
            training,
            momentum,
            epsilon));
  }

  /**
   * The four vectors of a batch normalisation, each {@code [c]}. Scale and shift may be leaves; the
   * running statistics are changed in place while training.
   */
  public record Normalization(
      Tensor scale, Tensor shift, Tensor runningMean, Tensor runningVariance) {}

  /**
   * Average pooling in which padding does not count: each output is divided by the number of pixels
   * that exist under its window.
   *
   * <p>The engine ignores {@code countIncludePad = false}, so its result is multiplied by {@code k
   * k / pixels} of every position (specs: the uncorrected kernel is 7.9 % off). Where the size
   * stays the same and the image is small, two products with a band matrix of means are taken
   * instead, rows and columns apart: the same numbers, and a backward pass several times faster.
   *
   * @param x {@code [b, c, h, w]}
   */
  public static Tensor averagePool(Tensor x, int kernel, int stride, int padding) {
    Scope scope = Scope.current();
    if (stride == 1
        && kernel == 2 * padding + 1
        && Math.max(x.dimension(2), x.dimension(3)) <= LARGEST_BANDED_POOLING) {
      return bandedAveragePool(x, kernel);
    }
    Tensor padded =
        scope.own(
            JniUtils.avgPool(
                x.array(),
                new Shape(kernel, kernel),
                new Shape(stride, stride),
                new Shape(padding, padding),
                false,
                true));
    if (padding == 0) {
      return padded;
    }
    return padded.multiply(
        x.torch()
            .poolingCorrection(
                new PoolingShape(
                    (int) x.dimension(2),
                    (int) x.dimension(3),
                    kernel,
                    stride,
                    padding,
                    x.precision())));
  }

  /**
   * Max pooling; what lies outside counts for nothing.
   *
   * @param x {@code [b, c, h, w]}
   */
  public static Tensor maxPool(Tensor x, int kernel, int stride, int padding) {
    Scope scope = Scope.current();
    return scope.own(
        JniUtils.maxPool(
            x.array(),
            new Shape(kernel, kernel),
            new Shape(stride, stride),
            new Shape(padding, padding),
            false));
  }

  /** {@code x [b, c, h, w]} times the means of neighbours along {@code w}, then along {@code h}. */
  private static Tensor bandedAveragePool(Tensor x, int kernel) {
    long height = x.dimension(2);
    long width = x.dimension(3);
    Tensor alongWidth = x.torch().neighbourMeans((int) width, kernel, x.precision()); // [w, w]
    Tensor alongHeight = x.torch().neighbourMeans((int) height, kernel, x.precision()); // [h, h]
    Tensor rows = x.reshape(-1, width).matmul(alongWidth.transpose(0, 1)); // [b c h, w]
    return alongHeight
        .matmul(rows.reshape(-1, height, width)) // [h, h] x [b c, h, w]
        .reshape(x.shape());
  }

  /** Mean over height and width: {@code [b, c, h, w] -> [b, c]}. */
  public static Tensor globalAverage(Tensor x) {
    return x.reshape(x.dimension(0), x.dimension(1), -1).mean(2, false);
  }

  /** {@code x [b, c]} times {@code weight [o, c]} transposed plus {@code bias [o]}. */
  public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
    Scope scope = Scope.current();
    return scope.own(JniUtils.linear(x.array(), weight.array(), bias.array()));
  }

  public static Tensor logSoftmax(Tensor x, int axis) {
    Scope scope = Scope.current();
    return scope.own(JniUtils.logSoftmax(x.array(), axis, x.precision().type()));
  }

  public static Tensor softmax(Tensor x, int axis) {
    Scope scope = Scope.current();
    return scope.own(JniUtils.softmax(x.array(), axis, x.precision().type()));
  }

  /** {@code log(1 + exp(x))}, without overflow. */
  public static Tensor softplus(Tensor x) {
    Scope scope = Scope.current();
    return scope.own(JniUtils.softPlus(x.array()));
  }

  /** The rows of these numbers, which may repeat: {@code [r, c] -> [numbers, c]}. */
  public static Tensor rows(Tensor x, int... numbers) {
    Scope scope = Scope.current();
    try (PtNDArray places = x.torch().positions(numbers)) {
      return scope.own(JniUtils.embedding(places, x.array(), false));
    }
  }

  /**
   * Mean cross-entropy of a batch.
   *
   * @param logits {@code [b, classes]}
   * @param targets {@code [b, classes]}, each row a distribution (one-hot for plain labels)
   */
  public static Tensor crossEntropy(Tensor logits, Tensor targets) {
    return logSoftmax(logits, 1).multiply(targets).sum().multiply(-1.0 / logits.dimension(0)); // []
  }

  /** Zeros below and to the right: {@code [b, c, h, w] -> [b, c, h + rows, w + columns]}. */
  public static Tensor padded(Tensor x, int rows, int columns) {
    Scope scope = Scope.current();
    return scope.own(JniUtils.pad(x.array(), new long[] {0, columns, 0, rows}, 0));
  }

  /** One zero on either side of this axis and of the next one, which are made two longer. */
  public static Tensor bordered(Tensor x, int axis) {
    Scope scope = Scope.current();
    int rank = x.shape().length;
    long[] zeros = new long[2 * (rank - axis)]; // from the last axis on
    Arrays.fill(zeros, zeros.length - 4, zeros.length, 1);
    return scope.own(JniUtils.pad(x.array(), zeros, 0));
  }

  /** 1 where {@code x} is above zero, else 0: what a ReLU's gradient is multiplied with. */
  public static Tensor step(Tensor x) {
    Scope scope = Scope.current();
    return scope.own(JniUtils.sign(relu(x).array()));
  }

  public static Tensor concatenate(List<Tensor> parts, int axis) {
    Scope scope = Scope.current();
    return scope.own(JniUtils.cat(arrays(parts), axis));
  }

  public static Tensor stack(List<Tensor> parts, int axis) {
    Scope scope = Scope.current();
    return scope.own(JniUtils.stack(arrays(parts), axis));
  }

  /** Cuts {@code x} along {@code axis} into pieces of the given sizes. */
  public static List<Tensor> split(Tensor x, int axis, long... sizes) {
    Scope scope = Scope.current();
    NDList pieces = JniUtils.split(x.array(), sizes, axis);
    List<Tensor> tensors = new ArrayList<>(pieces.size());
    pieces.forEach(piece -> tensors.add(scope.own((PtNDArray) piece)));
    return tensors;
  }

  private static PtNDArray[] arrays(List<Tensor> parts) {
    return parts.stream().map(Tensor::array).toArray(PtNDArray[]::new);
  }

  @SuppressWarnings("NullAway") // the engine takes null for "no bias"
  private static PtNDArray orNull(@Nullable Tensor tensor) {
    return tensor == null ? null : tensor.array();
  }
}
