package dev.espalier.activities.evaluation.program;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.Images;
import dev.espalier.learning.training.TrainingParts;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.settings.TrainingBasics;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The images of a training as a folder that programs read: {@code train-images.npy} (unsigned bytes
 * {@code [n, c, h, w]}), {@code train-labels.npy} (unsigned 16-bit {@code [n]}), the same for
 * {@code validation} and {@code test}, and {@code data.json} with classes, sizes and counts. They
 * are the images that the built-in training would see.
 */
final class ProgramData {
  private ProgramData() {}

  private record About(
      String digest,
      List<String> classes,
      int channels,
      int height,
      int width,
      int train,
      int validation,
      int test) {}

  /** The folder, made where it is not there yet. */
  static Path folder(Path cache, ImageDataset data, TrainingBasics wanted, long seed)
      throws IOException {
    String name =
        Digest.of(
            Map.of(
                "data", data.digest(),
                "seed", seed,
                "images",
                    List.of(wanted.trainImages(), wanted.validationImages(), wanted.testImages())));
    Path folder = cache.resolve("data-" + name);
    if (!Files.isDirectory(folder)) {
      Path part = Files.createDirectories(cache.resolve("part-" + UUID.randomUUID()));
      write(part, data, TrainingParts.of(data, wanted, seed));
      try {
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        if (!Files.isDirectory(folder)) { // else another slot was faster
          throw e;
        }
        Scratch.delete(part);
      }
    }
    return folder;
  }

  private static void write(Path folder, ImageDataset data, TrainingParts parts)
      throws IOException {
    part(folder, "train", data.train(), parts.train());
    part(folder, "validation", data.train(), parts.validation());
    part(folder, "test", data.test(), parts.test());
    About about =
        new About(
            data.digest(),
            data.classNames(),
            data.shape().channels(),
            data.shape().height(),
            data.shape().width(),
            parts.train().length,
            parts.validation().length,
            parts.test().length);
    Files.writeString(folder.resolve("data.json"), CanonicalJson.of(about) + "\n");
  }

  private static void part(Path folder, String name, Images images, int[] chosen)
      throws IOException {
    String shape =
        "(%d, %d, %d, %d)"
            .formatted(
                chosen.length,
                images.shape().channels(),
                images.shape().height(),
                images.shape().width());
    try (OutputStream out = npy(folder.resolve(name + "-images.npy"), "|u1", shape)) {
      for (int image : chosen) {
        out.write(images.copyOf(image));
      }
    }
    try (OutputStream out =
        npy(folder.resolve(name + "-labels.npy"), "<u2", "(%d,)".formatted(chosen.length))) {
      for (int image : chosen) {
        out.write(images.label(image));
        out.write(images.label(image) >>> 8);
      }
    }
  }

  /** NumPy's format, version 1.0: a header padded to 64 bytes, then the numbers. */
  private static OutputStream npy(Path file, String type, String shape) throws IOException {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    int length = Math.ceilDiv(10 + header.length() + 1, 64) * 64 - 10;
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(length);
    out.write(length >>> 8);
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    out.write(" ".repeat(length - 1 - header.length()).getBytes(StandardCharsets.US_ASCII));
    out.write('\n');
    return out;
  }
}
