package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.ContentKind;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One picture file, whatever its name says, made a square: turned as EXIF says, the middle of the
 * longer side taken, then scaled by {@link AreaMean}. {@link Pixels} says what colours become. Of
 * several pictures in one file (animations, pages) the first one counts.
 *
 * <p>Of pictures above 64 million pixels only every second, third, ... pixel is decoded, such that
 * at least 16 x 16 of them make up one of the square. That depends on the picture alone, not on the
 * memory there is.
 */
final class Picture {
  private static final long LARGE = 64_000_000;
  private static final int PIXELS_OF_A_PIXEL = 16;

  static {
    ImageIO.setUseCache(false);
  }

  private final Path file;
  private final int banner;
  private final boolean mayLackData;

  /**
   * @param banner rows at the bottom that are not part of the picture
   * @param mayLackData whether a JPEG may lack some of its data as long as its end is there: some
   *     published ones do
   */
  Picture(Path file, int banner, boolean mayLackData) {
    this.file = file;
    this.banner = banner;
    this.mayLackData = mayLackData;
  }

  /**
   * What can be known without decoding.
   *
   * @param pixelBytes of a decoded pixel
   */
  record Header(int width, int height, boolean grey, int pixelBytes, boolean several) {
    /**
     * @param banner rows at the bottom that do not count
     */
    int shorterSide(int banner) {
      return Math.min(width, Math.max(1, height - banner));
    }

    /** Every how many-th pixel is decoded, along each side. */
    int step(int newSide) {
      return (long) width * height <= LARGE
          ? 1
          : Math.max(1, Math.min(width, height) / (newSide * PIXELS_OF_A_PIXEL));
    }

    /** Memory that decoding needs. */
    long decodedBytes(int newSide) {
      int step = step(newSide);
      long image = (long) pixelBytes * (width / step + 1) * (height / step + 1);
      return image + 3 * AreaMean.bytes(Math.min(width, height) / step + 1, newSide);
    }
  }

  Header header() throws IOException {
    return reading(reader -> {
      ImageTypeSpecifier raw = rawType(reader);
      boolean grey =
          raw != null
              && raw.getNumBands() == 1
              && raw.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
      return new Header(
          reader.getWidth(0), reader.getHeight(0), grey, pixelBytes(reader, raw), several(reader));
    });
  }

  private static @Nullable ImageTypeSpecifier rawType(ImageReader reader) throws IOException {
    return reader.getRawImageType(0);
  }

  /** Readers of whole pictures need room beside the picture. */
  private static int pixelBytes(ImageReader reader, @Nullable ImageTypeSpecifier raw)
      throws IOException {
    if (reader.getFormatName().equalsIgnoreCase("webp")) {
      return 12;
    }
    return raw == null ? 5 : Math.max(1, (raw.getColorModel().getPixelSize() + 7) / 8) + 1;
  }

  /** Whether more pictures are in the file, where that is quick to know. */
  private static boolean several(ImageReader reader) throws IOException {
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    return (format.startsWith("gif") || format.startsWith("tif"))
        && !reader.isSeekForwardOnly()
        && reader.getNumImages(true) > 1;
  }

  /**
   * What was found while it was decoded.
   *
   * @param turned whether EXIF turned it
   * @param brightest the largest number in a picture of 16 bits; -1 for all others
   */
  record Decoded(boolean turned, int brightest) {}

  /**
   * Writes the picture as {@code [c, side, side]} at {@code start}.
   *
   * @throws InvalidInput if its numbers have no largest one that is known
   */
  Decoded read(ImageShape shape, byte[] pixels, int start) throws IOException {
    Orientation orientation = Orientation.of(file);
    BufferedImage image = reading(reader -> whole(reader, shape.width()));
    int brightest = brightest(image.getRaster());
    Pixels upright = new Pixels(image, orientation);
    int height = Math.max(1, upright.height() - banner);
    int side = Math.min(upright.width(), height);
    int left = (upright.width() - side) / 2;
    int top = (height - side) / 2;
    AreaMean[] planes = new AreaMean[shape.channels()];
    for (int channel = 0; channel < planes.length; channel++) {
      planes[channel] = new AreaMean(side, shape.width());
    }
    int[] line = new int[side];
    byte[] plane = new byte[side];
    for (int row = 0; row < side; row++) {
      upright.row(left, top + row, line);
      for (int channel = 0; channel < planes.length; channel++) {
        for (int column = 0; column < side; column++) {
          plane[column] = (byte) (line[column] >> (16 - 8 * channel));
        }
        planes[channel].row(row, plane, 0);
      }
    }
    for (int channel = 0; channel < planes.length; channel++) {
      planes[channel].writeTo(pixels, start + channel * shape.plane());
    }
    return new Decoded(!orientation.equals(Orientation.UPRIGHT), brightest);
  }

  private int brightest(Raster raster) {
    int type = raster.getTransferType();
    boolean unbounded =
        type == DataBuffer.TYPE_FLOAT
            || type == DataBuffer.TYPE_DOUBLE
            || raster.getSampleModel().getSampleSize(0) > Short.SIZE;
    if (unbounded) {
      throw new InvalidInput(
          "%s has numbers of %d bits as pixels, of which nobody knows which one is white: save it with 8 or 16 bits"
              .formatted(file, raster.getSampleModel().getSampleSize(0)));
    }
    if (!(raster.getDataBuffer() instanceof DataBufferUShort numbers)
        || raster.getSampleModel().getSampleSize(0) != Short.SIZE) {
      return -1;
    }
    int brightest = 0;
    for (short number : numbers.getData()) {
      brightest = Math.max(brightest, number & 0xffff);
    }
    return brightest;
  }

  /** The readers fill up what a file lacks, and only warn. */
  private BufferedImage whole(ImageReader reader, int newSide) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
    int step = new Header(reader.getWidth(0), reader.getHeight(0), false, 0, false).step(newSide);
    ImageReadParam wanted = reader.getDefaultReadParam();
    wanted.setSourceSubsampling(step, step, (step - 1) / 2, (step - 1) / 2);
    BufferedImage image = step == 1 ? reader.read(0) : reader.read(0, wanted);
    for (String warning : warnings) {
      String said = warning.toLowerCase(Locale.ROOT);
      if (said.startsWith("truncated")) {
        throw new EOFException("its end is missing");
      }
      if (isLack(said) && !mayLackData) {
        throw new EOFException("some of its data is missing, though its end is there");
      }
    }
    if (!mayLackData && ProgressiveScans.areLacking(file)) {
      throw new EOFException("some of its scans are missing, though its end is there");
    }
    return image;
  }

  /** Bytes too many, of which some published pictures have a few, do no harm. */
  private static boolean isLack(String warning) {
    return warning.contains("premature end")
        || warning.contains("unexpected eof")
        || (warning.startsWith("corrupt jpeg data") && !warning.contains("extraneous"));
  }

  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private <T> T reading(Reading<T> reading) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new InvalidInput(noPicture(file));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, isStream(reader), true);
        return reading.from(reader);
      } finally {
        reader.dispose();
      }
    } catch (OutOfMemoryError e) {
      throw new InvalidInput(
          ("%s (%,d bytes) does not fit into the memory of this command: "
                  + "remove it, or give more with ESPALIER_JVM=-Xmx...")
              .formatted(file, Files.size(file)),
          e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof InvalidInput invalid) {
        throw invalid;
      }
      throw new InvalidInput(
          "%s (%,d bytes) cannot be decoded (%s): copy it again or remove it"
              .formatted(file, Files.size(file), reason(e)),
          e);
    }
  }

  /** Counting the pictures of a file needs going back in it. */
  private static boolean isStream(ImageReader reader) throws IOException {
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    return !format.startsWith("gif") && !format.startsWith("tif");
  }

  /** Readers wrap one exception into another. */
  private static String reason(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        String said = cause.getMessage();
        return said != null && (said.startsWith("its end") || said.startsWith("some of its"))
            ? "it is cut short: " + said
            : "it is cut short";
      }
    }
    return "it is damaged, or of a sort that is not known here";
  }

  /** What is inside of something that is called a picture, and is none. */
  static String noPicture(Path file) throws IOException {
    byte[] first;
    try (var in = Files.newInputStream(file)) {
      first = in.readNBytes(ContentKind.FIRST_BYTES);
    }
    String text = new String(first, StandardCharsets.UTF_8).strip();
    if (text.matches("(\\.{0,2}/)[^\\p{Cntrl}]*") && Files.size(file) < ContentKind.FIRST_BYTES) {
      return "%s is a link to %s that was copied as a text: copy the picture itself"
          .formatted(file, text);
    }
    return ("%s (%,d bytes) is neither PNG nor JPEG nor GIF nor another picture that can be read, but %s: "
            + "copy it again or remove it")
        .formatted(file, Files.size(file), ContentKind.of(first).words());
  }
}
