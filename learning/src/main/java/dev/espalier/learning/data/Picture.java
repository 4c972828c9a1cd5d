package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * One PNG, JPEG, GIF or BMP file, whatever its name says, made a square: the middle of the longer
 * side, then each pixel the mean of the area it covers (for a larger square: the nearest pixels'
 * share of it). Own arithmetic, so that the bytes do not depend on a graphics library; transparency
 * is ignored.
 */
final class Picture {
  static {
    ImageIO.setUseCache(false);
  }

  private Picture() {}

  /** What can be known without decoding. */
  record Header(int width, int height, boolean grey) {
    /**
     * @param banner rows at the bottom that do not count
     */
    int shorterSide(int banner) {
      return Math.min(width, Math.max(1, height - banner));
    }
  }

  static Header header(Path file) throws IOException {
    return reading(
        file,
        reader -> {
          ImageTypeSpecifier raw = reader.getRawImageType(0);
          boolean grey =
              raw != null
                  && raw.getNumBands() == 1
                  && raw.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
          return new Header(reader.getWidth(0), reader.getHeight(0), grey);
        });
  }

  /**
   * Writes the picture as {@code [c, side, side]} at {@code start}.
   *
   * @param banner rows at the bottom that are left out
   */
  static void read(Path file, int banner, ImageShape shape, byte[] pixels, int start)
      throws IOException {
    BufferedImage image = reading(file, Picture::whole);
    int height = Math.max(1, image.getHeight() - banner);
    int side = Math.min(image.getWidth(), height);
    int left = (image.getWidth() - side) / 2;
    int top = (height - side) / 2;
    byte[][] planes = planes(image, shape.channels(), left, top, side);
    double[] scaled = new double[shape.plane()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      scale(planes[channel], side, scaled, shape.width());
      for (int i = 0; i < scaled.length; i++) {
        pixels[start + channel * shape.plane() + i] = (byte) Math.floor(scaled[i] + 0.5);
      }
    }
  }

  /** The reader fills up what a file lacks, and only warns. */
  private static BufferedImage whole(ImageReader reader) throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    for (String warning : warnings) {
      if (warning.startsWith("Truncated")) {
        throw new EOFException("it is cut short: its end is missing");
      }
    }
    return image;
  }

  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private static <T> T reading(Path file, Reading<T> reading) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new InvalidInput(
            "%s (%,d bytes) is neither PNG nor JPEG nor GIF inside: copy it again or remove it"
                .formatted(file, Files.size(file)));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return reading.from(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InvalidInput(
          "%s (%,d bytes) cannot be decoded (%s): copy it again or remove it"
              .formatted(file, Files.size(file), e.getMessage()),
          e);
    }
  }

  /**
   * Grey pixels as they are stored (asking for RGB would change their brightness), those of
   * printing colours by the plain rule, others as sRGB.
   */
  private static byte[][] planes(BufferedImage image, int channels, int left, int top, int side) {
    byte[][] planes = new byte[channels][side * side];
    int colours = image.getColorModel().getColorSpace().getType();
    Raster raster = image.getRaster();
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int rgb =
            switch (colours) {
              case ColorSpace.TYPE_GRAY -> grey(raster, left + column, top + row) * 0x010101;
              case ColorSpace.TYPE_CMYK -> printed(raster, left + column, top + row);
              default -> image.getRGB(left + column, top + row);
            };
        for (int channel = 0; channel < channels; channel++) {
          planes[channel][row * side + column] = (byte) (rgb >> (16 - 8 * channel));
        }
      }
    }
    return planes;
  }

  /** 0 to 255, whatever the number of bits. */
  private static int grey(Raster raster, int column, int row) {
    int bits = raster.getSampleModel().getSampleSize(0);
    int value = raster.getSample(column, row, 0);
    return bits < 8 ? value * (255 / ((1 << bits) - 1)) : value >> (bits - 8);
  }

  /** Cyan, magenta, yellow and black taken from white. */
  private static int printed(Raster raster, int column, int row) {
    int rgb = 0;
    for (int ink = 0; ink < 3; ink++) {
      int light =
          (255 - raster.getSample(column, row, ink)) * (255 - raster.getSample(column, row, 3));
      rgb = rgb << 8 | (light + 127) / 255;
    }
    return rgb;
  }

  /** The mean of the area that each new pixel covers; first along rows, then along columns. */
  private static void scale(byte[] plane, int side, double[] scaled, int newSide) {
    double[] narrowed = new double[side * newSide]; // [side rows, newSide columns]
    double ratio = (double) side / newSide;
    for (int column = 0; column < newSide; column++) {
      double from = column * ratio;
      double to = Math.min(side, (column + 1) * ratio);
      for (int row = 0; row < side; row++) {
        double sum = 0;
        for (int source = (int) from; source < to; source++) {
          sum +=
              (plane[row * side + source] & 0xff)
                  * (Math.min(to, source + 1) - Math.max(from, source));
        }
        narrowed[row * newSide + column] = sum / (to - from);
      }
    }
    for (int row = 0; row < newSide; row++) {
      double from = row * ratio;
      double to = Math.min(side, (row + 1) * ratio);
      for (int column = 0; column < newSide; column++) {
        double sum = 0;
        for (int source = (int) from; source < to; source++) {
          sum +=
              narrowed[source * newSide + column]
                  * (Math.min(to, source + 1) - Math.max(from, source));
        }
        scaled[row * newSide + column] = sum / (to - from);
      }
    }
  }
}
