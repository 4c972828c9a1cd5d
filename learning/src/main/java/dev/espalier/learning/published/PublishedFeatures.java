package dev.espalier.learning.published;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.features.FeatureHeader;
import dev.espalier.learning.features.FeatureWriter;
import dev.espalier.learning.pickle.TorchFile;
import dev.espalier.learning.pickle.TorchTensor;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads features of images in whichever layout they were published, told by their content, and
 * writes the canonical file row by row: {@code {data}bylabel.pt} (class to [rows x numbers]), raw
 * half or single precision with a byte a label beside it, and the canonical file itself.
 */
public final class PublishedFeatures {
  private static final int ROWS_AT_ONCE = 256;
  private static final String HALF = "_features_f16.bin";
  private static final String SINGLE = "_features_f32.bin";

  private PublishedFeatures() {}

  /**
   * Writes the canonical file.
   *
   * @param remarks are told what was understood
   * @throws InvalidInput if it is something else, with what
   */
  public static void convert(Path file, Path target, Remarks remarks) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InvalidInput(
          "features: %s is a folder: give the file itself, %sbylabel.pt or one that ends with %s"
              .formatted(file, "imgnet32", HALF));
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(2);
    }
    String name = file.getFileName().toString();
    if (start.length == 2 && start[0] == '{' && start[1] == '"') {
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    } else if (name.endsWith(HALF) || name.endsWith(SINGLE)) {
      raw(file, target, remarks);
    } else {
      byLabel(file, target, remarks);
    }
  }

  // ---- {data}bylabel.pt

  private static void byLabel(Path file, Path target, Remarks remarks) throws IOException {
    try (TorchFile torch = TorchFile.open(file.toString(), file)) {
      PublishedContent kind = PublishedContent.of(torch.content());
      if (kind != PublishedContent.FEATURES) {
        throw new InvalidInput(
            "%s is %s, not features by class%s"
                .formatted(
                    file,
                    kind.words(),
                    switch (kind) {
                      case CHECKPOINT -> ": import it with espalier model import";
                      case TASKS, TASK_LIST, BENCHMARK, COLLECTED ->
                          ": import it with --format meta-database";
                      case FEATURES, OTHER -> "";
                    }));
      }
      Map<?, ?> content = (Map<?, ?>) torch.content();
      List<String> keys = names(content);
      List<TorchTensor> classes = classes(file, content, keys);
      List<String> names = new ArrayList<>();
      List<Integer> counts = new ArrayList<>();
      for (TorchTensor each : classes) {
        names.add(keys.isEmpty() ? "class-" + names.size() : keys.get(names.size()));
        counts.add(each.shape().getFirst());
      }
      int width = classes.getFirst().shape().get(1);
      FeatureHeader header = header(file, width, names, counts);
      try (FeatureWriter writer = new FeatureWriter(out(target), header)) {
        for (TorchTensor each : classes) {
          copy(each, width, writer);
        }
        writer.finish();
      }
      tell(header, remarks);
    }
  }

  /** Of classes by name, in the order of folders; empty where they are numbered. */
  private static List<String> names(Map<?, ?> map) {
    return map.keySet().stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .sorted()
        .toList();
  }

  /** In the order of the classes, all of one width. */
  private static List<TorchTensor> classes(Path file, Map<?, ?> map, List<String> names) {
    List<TorchTensor> classes = new ArrayList<>();
    for (int i = 0; i < map.size(); i++) {
      Object value = map.get(names.isEmpty() ? (Object) i : names.get(i));
      if (value instanceof List<?> list && list.size() == 1) {
        value = list.getFirst();
      }
      if (!(value instanceof TorchTensor tensor) || tensor.shape().size() != 2) {
        throw new InvalidInput(
            "%s: class %d of %d has no matrix of features: classes are numbered from 0, each with one"
                .formatted(file, i, map.size()));
      }
      int width = classes.isEmpty() ? tensor.shape().get(1) : classes.getFirst().shape().get(1);
      if (tensor.shape().get(1) != width) {
        throw new InvalidInput(
            "%s: class %s has %,d numbers an image, but class %s has %,d"
                .formatted(
                    file,
                    names.isEmpty() ? i : names.get(i),
                    tensor.shape().get(1),
                    names.isEmpty() ? 0 : names.getFirst(),
                    width));
      }
      classes.add(tensor);
    }
    return classes;
  }

  private static void copy(TorchTensor matrix, int width, FeatureWriter writer) throws IOException {
    int rows = matrix.shape().getFirst();
    for (int from = 0; from < rows; from += ROWS_AT_ONCE) {
      int count = Math.min(ROWS_AT_ONCE, rows - from);
      float[] some = matrix.floats(from * width, count * width);
      for (int i = 0; i < count; i++) {
        writer.row(some, i * width);
      }
    }
  }

  // ---- raw

  private static void raw(Path file, Path target, Remarks remarks) throws IOException {
    String name = file.getFileName().toString();
    boolean half = name.endsWith(HALF);
    String set = name.substring(0, name.length() - HALF.length());
    byte[] labels = labels(file.resolveSibling(set + "_labels_u8.bin"));
    int bytes = half ? Short.BYTES : Float.BYTES;
    int width = width(file, set, labels.length, bytes);
    int classes = 0;
    for (byte label : labels) {
      classes = Math.max(classes, (label & 0xff) + 1);
    }
    List<String> names = new ArrayList<>();
    int[] counts = new int[classes];
    for (byte label : labels) {
      counts[label & 0xff]++;
    }
    List<Integer> boxed = new ArrayList<>();
    for (int count : counts) {
      names.add("class-" + names.size());
      boxed.add(count);
    }
    FeatureHeader header = header(file, width, names, boxed);
    try (FileChannel channel = FileChannel.open(file);
        FeatureWriter writer = new FeatureWriter(out(target), header)) {
      float[] row = new float[width];
      for (int label = 0; label < classes; label++) {
        for (int i = 0; i < labels.length; i++) {
          if ((labels[i] & 0xff) == label) {
            read(channel, (long) i * width * bytes, half, row);
            writer.row(row, 0);
          }
        }
      }
      writer.finish();
    }
    tell(header, remarks);
  }

  private static byte[] labels(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new InvalidInput(
          "features: %s is not beside it: a byte for each row says its class".formatted(file));
    }
    byte[] labels = Files.readAllBytes(file);
    if (labels.length == 0) {
      throw new InvalidInput("features: %s is empty".formatted(file));
    }
    return labels;
  }

  /** As features.json says, else as the sizes of both files do. */
  private static int width(Path file, String set, int rows, int bytes) throws IOException {
    long numbers = Files.size(file) / bytes;
    Path beside = file.resolveSibling("features.json");
    JsonNode said =
        Files.exists(beside)
            ? Json.read(Files.readString(beside), JsonNode.class).path(set)
            : Json.tree(Map.of());
    long width = said.has("dim") ? said.get("dim").asLong() : numbers / rows;
    if (width < 1 || width * rows != numbers || Files.size(file) % bytes != 0) {
      throw new InvalidInput(
          "features: %s has %,d bytes, but %,d labels times %,d numbers of %d bytes are %,d"
              .formatted(file, Files.size(file), rows, width, bytes, width * rows * bytes));
    }
    return Math.toIntExact(width);
  }

  private static void read(FileChannel channel, long at, boolean half, float[] row)
      throws IOException {
    int bytes = half ? Short.BYTES : Float.BYTES;
    ByteBuffer buffer = ByteBuffer.allocate(row.length * bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("it ends too early");
      }
    }
    for (int i = 0; i < row.length; i++) {
      row[i] =
          half ? Float.float16ToFloat(buffer.getShort(2 * i)) : buffer.getFloat(Float.BYTES * i);
    }
  }

  // ---- both

  private static FeatureHeader header(
      Path file, int width, List<String> names, List<Integer> counts) {
    String digest = Digest.of(Map.of("file", file.getFileName().toString(), "counts", counts));
    return new FeatureHeader(
        width,
        names,
        counts,
        file.getFileName().toString(),
        "imported features %s".formatted(digest.substring(0, 12)));
  }

  private static void tell(FeatureHeader header, Remarks remarks) {
    remarks.add(
        "understood as features of %,d images in %,d classes, %,d numbers each"
            .formatted(header.rows(), header.counts().size(), header.width()));
  }

  private static OutputStream out(Path target) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(target), 1 << 16);
  }
}
