package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Reasons;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
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

  /** What is less than this becomes black where 16 bits are cut to their upper 8. */
  private static final int BLACK = 256;

  /** Below this all that is seen of 16 bits is nearly black. */
  private static final int DARK = 4_096;

  private final String format;
  private final int banner;
  private final boolean mayLackData;
  private final Remarks remarks;
  private final Consumer<String> progress;
  private final AtomicInteger turned = new AtomicInteger();
  private final AtomicInteger several = new AtomicInteger();
  private final AtomicInteger deep = new AtomicInteger();
  private final LongAccumulator brightest = new LongAccumulator(Long::max, 0);
  private final Map<Path, Picture.Header> headers = new ConcurrentHashMap<>();

  /**
   * @param format for messages
   * @param banner rows at the bottom of each picture that are not part of it
   * @param mayLackData whether the data set is published with damaged pictures
   * @param remarks are told what became of pictures
   * @param progress is told how far it is
   */
  PictureFiles(
      String format, int banner, boolean mayLackData, Remarks remarks, Consumer<String> progress) {
    this.format = format;
    this.banner = banner;
    this.mayLackData = mayLackData;
    this.remarks = remarks;
    this.progress = progress;
  }

  private Picture picture(Path file) {
    return new Picture(file, banner, mayLackData);
  }

  /** The common shape, from the headers of all files. */
  ImageShape shape(List<LabelledPicture> pictures, OptionalInt size) {
    Map<Integer, Integer> sides = new ConcurrentHashMap<>();
    AtomicBoolean grey = new AtomicBoolean(true);
    each(
        "looked at",
        pictures,
        index -> {
          Path file = pictures.get(index).file();
          Picture.Header header = picture(file).header();
          headers.put(file, header);
          if (header.several()) {
            several.incrementAndGet();
          }
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
          ("%s: %,d pictures of %s are %,d bytes, more than one data set can have (%,d): "
                  + "ask for a smaller size, --image-size %d at most")
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
    DecodingMemory memory = DecodingMemory.beside(2L * pixels.length);
    each(
        "decoded",
        pictures,
        index -> {
          Path file = pictures.get(index).file();
          Picture.Header header = headers.get(file);
          long bytes = header == null ? Long.MAX_VALUE : header.decodedBytes(shape.width());
          try (DecodingMemory.Share _ = memory.take(bytes)) {
            Picture.Decoded decoded = picture(file).read(shape, pixels, index * shape.size());
            if (decoded.turned()) {
              turned.incrementAndGet();
            }
            if (decoded.brightest() >= 0) {
              deep.incrementAndGet();
              brightest.accumulate(decoded.brightest());
            }
          }
        });
    return new Images(shape, pixels, pictures.stream().mapToInt(LabelledPicture::label).toArray());
  }

  /**
   * What became of all pictures together.
   *
   * @throws InvalidInput if nothing is left of those of 16 bits
   */
  void tell() {
    if (deep.get() > 0 && brightest.get() < DARK) {
      String what =
          "%s: %,d pictures of 16 bits have no number above %,d of 65,535: cut to 8 bits, as all are, they are %s. "
                  .formatted(
                      format,
                      deep.get(),
                      brightest.get(),
                      brightest.get() < BLACK ? "black" : "nearly black")
              + "Spread their numbers over the whole range first";
      if (brightest.get() < BLACK) {
        throw new InvalidInput(what);
      }
      remarks.add(what);
    }
    if (turned.get() > 0) {
      remarks.add(
          "%,d %s turned upright, as their cameras noted"
              .formatted(turned.get(), turned.get() == 1 ? "picture" : "pictures"));
    }
    if (several.get() > 0) {
      remarks.add(
          several.get() == 1
              ? "one file holds several pictures (an animation or pages): the first is taken"
              : "%,d files hold several pictures (animations or pages): the first of each is taken"
                  .formatted(several.get()));
    }
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
                return "%s: %s: %s".formatted(format, pictures.get(index).file(), Reasons.of(e));
              } finally {
                int count = done.incrementAndGet();
                if (count % REPORT_EVERY == 0) {
                  progress.accept("%,d of %,d pictures %s".formatted(count, pictures.size(), verb));
                }
              }
            })
            .filter(problem -> !problem.isEmpty())
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidInput(firstOf(format, problems));
    }
  }

  /** Not more than a person reads. */
  static List<String> firstOf(String format, List<String> problems) {
    return problems.size() <= SHOWN
        ? problems
        : Stream.concat(
                problems.stream().limit(SHOWN),
                Stream.of("%s: and %,d more".formatted(format, problems.size() - SHOWN)))
            .toList();
  }
}
