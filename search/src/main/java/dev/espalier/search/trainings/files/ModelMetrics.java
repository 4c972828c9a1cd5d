package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.Moment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The benchmark's protobuf message of a training, read by its wire format: {@code ModelMetrics {1:
 * repeated EvaluationData; 2: int32 trainable_parameters; 3: double total_time}}, {@code
 * EvaluationData {1: current_epoch; 2: training_time; 3: train_accuracy; 4: validation_accuracy; 5:
 * test_accuracy, all double; 6: string checkpoint_path}}. Three evaluations: before the training,
 * halfway, at its end.
 */
final class ModelMetrics {
  private static final int EVALUATIONS = 3;
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;

  private final double[][] evaluations = new double[EVALUATIONS][6];
  private int count;
  private long parameters;

  /**
   * Reads a message into this one.
   *
   * @param epochs what it should have been trained for
   * @param run is filled with what was measured
   * @throws InvalidInput if it is damaged, or another training's
   */
  void read(byte[] message, int epochs, Run run) {
    count = 0;
    parameters = -1;
    try {
      ofModel(ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new InvalidInput("its metrics are no protobuf message: they end within a field", e);
    }
    if (count != EVALUATIONS) {
      throw new InvalidInput(
          "its metrics have %d evaluations, but should have %d: before the training, halfway and at its end"
              .formatted(count, EVALUATIONS));
    }
    if (parameters < 0) {
      throw new InvalidInput("its metrics lack the number of trainable parameters");
    }
    double end = evaluations[2][0];
    double half = evaluations[1][0];
    if (Math.abs(end - epochs) > 0.5 || half <= 0 || half >= end) {
      throw new InvalidInput(
          "its metrics are of the epochs %s, %s and %s, but should be of 0, %s and %d"
              .formatted(evaluations[0][0], half, end, epochs / 2.0, epochs));
    }
    fill(run, Moment.HALFWAY, evaluations[1]);
    fill(run, Moment.FINAL, evaluations[2]);
  }

  private static void fill(Run run, Moment moment, double[] evaluation) {
    run.set(moment, Metric.SECONDS, evaluation[1]);
    run.set(moment, Metric.TRAIN, evaluation[2]);
    run.set(moment, Metric.VALIDATION, evaluation[3]);
    run.set(moment, Metric.TEST, evaluation[4]);
  }

  /** Of what was read last. */
  long parameters() {
    return parameters;
  }

  private void ofModel(ByteBuffer message) {
    while (message.hasRemaining()) {
      long tag = varint(message);
      int field = (int) (tag >>> 3);
      int wire = (int) (tag & 7);
      if (field == 1 && wire == LENGTH) {
        ByteBuffer evaluation = part(message);
        if (count < EVALUATIONS) {
          ofEvaluation(evaluation, evaluations[count]);
        }
        count++;
      } else if (field == 2 && wire == VARINT) {
        parameters = varint(message);
      } else {
        skip(message, wire);
      }
    }
  }

  private static void ofEvaluation(ByteBuffer message, double[] values) {
    Arrays.fill(values, 0); // what is not written is 0, says protobuf
    while (message.hasRemaining()) {
      long tag = varint(message);
      int field = (int) (tag >>> 3);
      int wire = (int) (tag & 7);
      if (field >= 1 && field <= 5 && wire == FIXED_64) {
        values[field - 1] = message.getDouble();
      } else {
        skip(message, wire);
      }
    }
  }

  /** What stands behind a length. */
  private static ByteBuffer part(ByteBuffer message) {
    long length = varint(message);
    if (length < 0 || length > message.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer part =
        message.slice(message.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    message.position(message.position() + (int) length);
    return part;
  }

  private static void skip(ByteBuffer message, int wire) {
    switch (wire) {
      case VARINT -> varint(message);
      case FIXED_64 -> message.getLong();
      case LENGTH -> part(message);
      case FIXED_32 -> message.getInt();
      default -> throw new IllegalArgumentException("wire type " + wire);
    }
  }

  private static long varint(ByteBuffer message) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = message.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than ten bytes");
  }
}
