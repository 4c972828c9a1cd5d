package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * One PNG or JPEG file, made a square: the middle of the longer side, then each pixel the mean of
 * the area it covers (for a larger square: the nearest pixels' share of it). Own arithmetic, so
 * that the bytes do not depend on a graphics library; transparency is ignored.
 */
final class Picture {
  static {
    ImageIO.setUseCache(false);
  }

  private Picture() {}

  /** What can be known without decoding. */
  record Header(int width, int height, boolean grey) {
    int shorterSide() {
      return Math.min(width, height);
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

  /** Writes the picture as {@code [c, side, side]} at {@code start}. */
  static void read(Path file, ImageShape shape, byte[] pixels, int start) throws IOException {
    BufferedImage image = reading(file, reader -> reader.read(0));
    int side = Math.min(image.getWidth(), image.getHeight());
    int left = (image.getWidth() - side) / 2;
    int top = (image.getHeight() - side) / 2;
    int[][] planes = planes(image, shape.channels(), left, top, side);
    double[] scaled = new double[shape.plane()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      scale(planes[channel], side, scaled, shape.width());
      for (int i = 0; i < scaled.length; i++) {
        pixels[start + channel * shape.plane() + i] = (byte) Math.floor(scaled[i] + 0.5);
      }
    }
  }

  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private static <T> T reading(Path file, Reading<T> reading) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new InvalidInput(
            "folder: %s (%,d bytes) is neither PNG nor JPEG inside: copy it again or remove it"
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
          "folder: %s (%,d bytes) cannot be decoded (%s): copy it again or remove it"
              .formatted(file, Files.size(file), e.getMessage()),
          e);
    }
  }

  /**
   * Grey pixels as they are stored (asking for RGB would change their brightness), others as sRGB.
   */
  private static int[][] planes(BufferedImage image, int channels, int left, int top, int side) {
    int[][] planes = new int[channels][side * side];
    Raster raster = image.getRaster();
    boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    int shift = Math.max(0, image.getSampleModel().getSampleSize(0) - 8);
    int widen =
        image.getSampleModel().getSampleSize(0) < 8
            ? 255 / ((1 << image.getSampleModel().getSampleSize(0)) - 1)
            : 1;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int at = row * side + column;
        if (grey) {
          int value = (raster.getSample(left + column, top + row, 0) >> shift) * widen;
          for (int[] plane : planes) {
            plane[at] = value;
          }
        } else {
          int rgb = image.getRGB(left + column, top + row);
          for (int channel = 0; channel < channels; channel++) {
            planes[channel][at] = rgb >> (16 - 8 * channel) & 0xff;
          }
        }
      }
    }
    return planes;
  }

  /** The mean of the area that each new pixel covers; first along rows, then along columns. */
  private static void scale(int[] plane, int side, double[] scaled, int newSide) {
    double[] narrowed = new double[side * newSide]; // [side rows, newSide columns]
    double ratio = (double) side / newSide;
    for (int column = 0; column < newSide; column++) {
      double from = column * ratio;
      double to = Math.min(side, (column + 1) * ratio);
      for (int row = 0; row < side; row++) {
        double sum = 0;
        for (int source = (int) from; source < to; source++) {
          sum += plane[row * side + source] * (Math.min(to, source + 1) - Math.max(from, source));
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
