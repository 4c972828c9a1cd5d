package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Picture files decoded, all to one square size. Large pictures become small once, here; what is
 * stored and named by its digest are the small ones.
 *
 * <p>The side is the requested one, else the most common shorter side (of equally common ones the
 * smaller), but not more than 64 unless it is requested: ten thousand pictures of 64 x 64 are 123
 * MB, of 500 x 500 7.5 GB. There is one channel if every picture is grey, else three.
 */
final class PictureFiles {
  static final int LARGEST_UNASKED = 64;

  private static final int SHOWN = 20;
  private static final int REPORT_EVERY = 500;

  private final String format;
  private final int banner;
  private final Consumer<String> progress;

  /**
   * @param format for messages
   * @param banner rows at the bottom of each picture that are not part of it
   * @param progress is told how far it is
   */
  PictureFiles(String format, int banner, Consumer<String> progress) {
    this.format = format;
    this.banner = banner;
    this.progress = progress;
  }

  /** The common shape, from the headers of all files. */
  ImageShape shape(List<LabelledPicture> pictures, OptionalInt size) {
    Map<Integer, Integer> sides = new ConcurrentHashMap<>();
    AtomicBoolean grey = new AtomicBoolean(true);
    each(
        "looked at",
        pictures,
        index -> {
          Picture.Header header = Picture.header(pictures.get(index).file());
          sides.merge(header.shorterSide(banner), 1, Integer::sum);
          if (!header.grey()) {
            grey.set(false);
          }
        });
    int side = size.orElseGet(() -> Math.min(LARGEST_UNASKED, mostCommon(sides)));
    int channels = grey.get() ? 1 : 3;
    ImageShape shape = new ImageShape(channels, side, side);
    if ((long) pictures.size() * shape.size() > Images.MAXIMUM_BYTES) {
      throw new InvalidInput(
          "%s: %,d pictures of %s are %,d bytes, more than one data set can have (%,d): ask for a smaller size, --image-size %d at most"
              .formatted(
                  format,
                  pictures.size(),
                  shape,
                  (long) pictures.size() * shape.size(),
                  Images.MAXIMUM_BYTES,
                  (int) Math.sqrt((double) Images.MAXIMUM_BYTES / pictures.size() / channels)));
    }
    return shape;
  }

  private static int mostCommon(Map<Integer, Integer> sides) {
    return sides.entrySet().stream()
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.<Integer, Integer>comparingByKey().reversed()))
        .orElseThrow()
        .getKey();
  }

  /** All pictures at that shape, in their order. */
  Images images(List<LabelledPicture> pictures, ImageShape shape) {
    byte[] pixels = new byte[Math.multiplyExact(pictures.size(), shape.size())];
    each(
        "decoded",
        pictures,
        index ->
            Picture.read(pictures.get(index).file(), banner, shape, pixels, index * shape.size()));
    return new Images(shape, pixels, pictures.stream().mapToInt(LabelledPicture::label).toArray());
  }

  private interface Work {
    void on(int picture) throws IOException;
  }

  /** On all processors; what is wrong with any of the files is told at once. */
  private void each(String verb, List<LabelledPicture> pictures, Work work) {
    AtomicInteger done = new AtomicInteger();
    List<String> problems =
        IntStream.range(0, pictures.size())
            .parallel()
            .mapToObj(index -> {
              try {
                work.on(index);
                return "";
              } catch (InvalidInput e) {
                return "%s: %s".formatted(format, e.getMessage());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                int count = done.incrementAndGet();
                if (count % REPORT_EVERY == 0) {
                  progress.accept("%,d of %,d pictures %s".formatted(count, pictures.size(), verb));
                }
              }
            })
            .filter(problem -> !problem.isEmpty())
            .toList();
    if (problems.size() > SHOWN) {
      problems =
          Stream.concat(
                  problems.stream().limit(SHOWN),
                  Stream.of("%s: and %,d more".formatted(format, problems.size() - SHOWN)))
              .toList();
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }
}
