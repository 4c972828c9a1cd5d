package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.search.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What some models say of some candidates: the number of models, that of candidates, then their
 * predictions model by model, big-endian.
 *
 * @param byModel {@code [models][candidates]}
 */
record ShardPredictions(List<double[]> byModel) {
  ShardPredictions {
    byModel = List.copyOf(byModel);
  }

  byte[] encode() {
    int candidates = byModel.getFirst().length;
    ByteBuffer bytes =
        ByteBuffer.allocate(2 * Integer.BYTES + byModel.size() * candidates * Double.BYTES);
    bytes.putInt(byModel.size()).putInt(candidates);
    for (double[] predictions : byModel) {
      for (double each : predictions) {
        bytes.putDouble(each);
      }
    }
    return bytes.array();
  }

  static ShardPredictions decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    int models = bytes.getInt();
    int candidates = bytes.getInt();
    if (bytes.remaining() != (long) models * candidates * Double.BYTES) {
      throw new InvalidInput(
          "predictions of %d models and %,d candidates cannot have %,d bytes"
              .formatted(models, candidates, encoded.length));
    }
    List<double[]> byModel = new ArrayList<>();
    for (int model = 0; model < models; model++) {
      double[] predictions = new double[candidates];
      bytes.asDoubleBuffer().get(predictions);
      bytes.position(bytes.position() + candidates * Double.BYTES);
      byModel.add(predictions);
    }
    return new ShardPredictions(byModel);
  }

  /** One after another: what each model says of all candidates. */
  static ShardPredictions joined(List<ShardPredictions> shards) {
    List<double[]> all = new ArrayList<>();
    for (int model = 0; model < shards.getFirst().byModel().size(); model++) {
      int of = model;
      all.add(
          shards.stream()
              .flatMapToDouble(shard -> Arrays.stream(shard.byModel().get(of)))
              .toArray());
    }
    return new ShardPredictions(all);
  }
}
