package dev.espalier.learning.meta;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The state of a model under the names and in the order of the published checkpoints. What training
 * leaves untouched (the generator's graph encoder, and layers that nothing reads) is in it too.
 */
final class ModelState {
  private ModelState() {}

  /** The names and shapes of a model's state. */
  static SequencedMap<String, long[]> shapes(
      ModelKind kind, GraphTopology topology, ModelSizes sizes) {
    return new Shapes(topology, sizes).of(kind);
  }

  /** Uniform numbers as PyTorch draws them: a stream for each array. */
  static SequencedMap<String, NamedArray> drawn(SequencedMap<String, long[]> shapes, long seed) {
    SequencedMap<String, NamedArray> arrays = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> {
      float[] values =
          new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
      double bound = bound(name, shape, shapes);
      RandomStream.of(seed, "metad2a", "weights", name).fillUniform(values, -bound, bound);
      arrays.put(name, new NamedArray(name, shape, values));
    });
    return arrays;
  }

  /** Xavier for the seeds of attention; else one over the root of a layer's inputs. */
  private static double bound(String name, long[] shape, Map<String, long[]> shapes) {
    if (shape.length == 3) {
      return StrictMath.sqrt(3.0 / shape[2]); // of one channel to one, z positions
    }
    if (name.startsWith("gru")) { // of the size of its states
      return 1 / StrictMath.sqrt(shape[0] / 3.0);
    }
    long[] weight = shapes.getOrDefault(name.replaceAll("bias$", "weight"), shape);
    return 1 / StrictMath.sqrt((double) weight[1]);
  }

  /**
   * The sizes of a state, from the shapes in it.
   *
   * @param file for messages
   * @throws InvalidInput if it is not a whole state of this kind for these graphs
   */
  static ModelSizes check(
      String file, ModelKind kind, GraphTopology topology, Map<String, NamedArray> state) {
    for (ModelKind other : ModelKind.values()) {
      if (other != kind && state.containsKey(other.mark()) && !state.containsKey(kind.mark())) {
        throw new InvalidInput(
            "%s is a MetaD2A %s, but a %s is needed: give the other file"
                .formatted(file, other.title(), kind.title()));
      }
    }
    NamedArray gate = array(file, kind, state, "gate_forward.0.weight", 2);
    NamedArray types = array(file, kind, state, "grue_forward.weight_ih", 2);
    NamedArray latent = array(file, kind, state, "fc1.weight", 2);
    NamedArray images = state.get("intra_setpool.enc.0.mab.fc_q.weight");
    int hidden = (int) gate.shape()[0];
    long vertices = gate.shape()[1] - hidden;
    if (vertices != topology.vertices() || types.shape()[1] != topology.types()) {
      throw new InvalidInput(
          ("%s is of another search space: its graphs have %d vertices of %d types, but those of the"
                  + " experiment have %d of %d")
              .formatted(file, vertices, types.shape()[1], topology.vertices(), topology.types()));
    }
    int width = images == null || images.shape().length != 2 ? 0 : (int) images.shape()[1];
    ModelSizes sizes = new ModelSizes(width, (int) latent.shape()[0], hidden);
    shapes(kind, topology, sizes)
        .forEach((name, shape) -> {
          NamedArray found = array(file, kind, state, name, shape.length);
          if (!Arrays.equals(found.shape(), shape)) {
            throw new InvalidInput(
                "%s does not fit together: %s has the shape %s, expected %s"
                    .formatted(file, name, Arrays.toString(found.shape()), Arrays.toString(shape)));
          }
          for (float value : found.values()) {
            if (!Float.isFinite(value)) {
              throw new InvalidInput(
                  "%s holds %s in %s: its training diverged".formatted(file, value, name));
            }
          }
        });
    return sizes;
  }

  private static NamedArray array(
      String file, ModelKind kind, Map<String, NamedArray> state, String name, int rank) {
    NamedArray array = state.get(name);
    if (array == null || array.shape().length != rank) {
      throw new InvalidInput(
          "%s is no MetaD2A %s: it has no %s among its %d arrays. Such a file comes from"
                  .formatted(file, kind.title(), name, state.size())
              + " metad2a-train, or is a published checkpoint (ckpt_400.pt, ckpt_max_corr.pt)");
    }
    return array;
  }

  /** Letters: {@code h} hidden, {@code z} latent, {@code n} vertices, {@code t} types. */
  private static final class Shapes {
    private final SequencedMap<String, long[]> shapes = new LinkedHashMap<>();
    private final long h;
    private final long z;
    private final long n;
    private final long t;
    private final long width;

    Shapes(GraphTopology topology, ModelSizes sizes) {
      this.h = sizes.hidden();
      this.z = sizes.latent();
      this.n = topology.vertices();
      this.t = topology.types();
      this.width = sizes.width();
    }

    SequencedMap<String, long[]> of(ModelKind kind) {
      switch (kind) {
        case GENERATOR -> generator();
        case PREDICTOR -> predictor();
      }
      return shapes;
    }

    private void generator() {
      recurrent("grue_forward");
      recurrent("grue_backward");
      linear("enc_g_mu", z, h);
      linear("enc_g_var", z, h);
      linear("fc1", z, z);
      linear("fc2", z, z);
      recurrent("grud");
      linear("fc3", h, z);
      linear("add_vertex.0", 2 * h, h);
      linear("add_vertex.2", t, 2 * h);
      linear("add_edge.0", 4 * h, 2 * h);
      linear("add_edge.2", 1, 4 * h);
      linear("decoding_gate.0", h, h + n);
      shapes.put("decoding_mapper.0.weight", new long[] {h, h + n});
      messages();
      sets();
    }

    private void predictor() {
      recurrent("grue_forward");
      recurrent("grue_backward");
      linear("fc1", z, h);
      linear("fc2", z, h);
      messages();
      sets();
      linear("pred_fc.0", h, width > 0 ? 2 * z : z);
      linear("pred_fc.2", 1, h);
    }

    private void messages() {
      linear("gate_forward.0", h, h + n);
      linear("gate_backward.0", h, h + n);
      shapes.put("mapper_forward.0.weight", new long[] {h, h + n});
      shapes.put("mapper_backward.0.weight", new long[] {h, h + n});
      linear("hv_unify.0", h, 2 * h);
      linear("hg_unify.0", h, 2 * h);
    }

    private void sets() {
      if (width > 0) {
        pool("intra_setpool", width);
        pool("inter_setpool", z);
        linear("set_fc.0", z, width);
      }
    }

    private void pool(String name, long inputs) {
      attention(name + ".enc.0", inputs);
      attention(name + ".enc.1", z);
      shapes.put(name + ".dec.0.S", new long[] {1, 1, z});
      attention(name + ".dec.0", z);
      linear(name + ".dec.1", z, z);
    }

    private void attention(String name, long inputs) {
      linear(name + ".mab.fc_q", z, inputs);
      linear(name + ".mab.fc_k", z, inputs);
      linear(name + ".mab.fc_v", z, inputs);
      linear(name + ".mab.fc_o", z, z);
    }

    private void linear(String name, long outputs, long inputs) {
      shapes.put(name + ".weight", new long[] {outputs, inputs});
      shapes.put(name + ".bias", new long[] {outputs});
    }

    private void recurrent(String name) {
      shapes.put(name + ".weight_ih", new long[] {3 * h, t});
      shapes.put(name + ".weight_hh", new long[] {3 * h, h});
      shapes.put(name + ".bias_ih", new long[] {3 * h});
      shapes.put(name + ".bias_hh", new long[] {3 * h});
    }
  }
}
