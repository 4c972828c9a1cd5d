package dev.espalier.learning.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/**
 * The colours of a decoded picture as people see it, turned upright: grey as it is stored (asking
 * for RGB would change its brightness), 16 bits cut to their upper 8, printing colours by the plain
 * rule, palettes looked up, others as sRGB. Transparency is left out: what is stored under it
 * counts, as in the loaders that are usual in this field.
 */
final class Pixels {
  private final BufferedImage image;
  private final Raster raster;
  private final Orientation orientation;
  private final Kind kind;

  private enum Kind {
    GREY,
    PRINTED,
    BYTES,
    OTHER
  }

  Pixels(BufferedImage image, Orientation orientation) {
    this.image = image;
    this.raster = image.getRaster();
    this.orientation = orientation;
    this.kind =
        switch (image.getColorModel().getColorSpace().getType()) {
          case ColorSpace.TYPE_GRAY -> Kind.GREY;
          case ColorSpace.TYPE_CMYK -> Kind.PRINTED;
          default ->
              image.getType() == BufferedImage.TYPE_3BYTE_BGR
                      || image.getType() == BufferedImage.TYPE_4BYTE_ABGR
                  ? Kind.BYTES
                  : Kind.OTHER;
        };
  }

  int width() {
    return orientation.swapsSides() ? image.getHeight() : image.getWidth();
  }

  int height() {
    return orientation.swapsSides() ? image.getWidth() : image.getHeight();
  }

  /** A row of the upright picture from {@code left} on, as 0xRRGGBB. */
  void row(int left, int row, int[] line) {
    for (int i = 0; i < line.length; i++) {
      int column = orientation.column(left + i, row, image.getWidth());
      int stored = orientation.row(left + i, row, image.getHeight());
      line[i] =
          switch (kind) {
            case GREY -> grey(column, stored) * 0x010101;
            case PRINTED -> printed(column, stored);
            case BYTES ->
                raster.getSample(column, stored, 0) << 16
                    | raster.getSample(column, stored, 1) << 8
                    | raster.getSample(column, stored, 2);
            case OTHER -> image.getRGB(column, stored);
          };
    }
  }

  /** 0 to 255, whatever the number of bits. */
  private int grey(int column, int row) {
    int bits = raster.getSampleModel().getSampleSize(0);
    int value = raster.getSample(column, row, 0);
    return bits < 8 ? value * (255 / ((1 << bits) - 1)) : value >> (bits - 8);
  }

  /** Cyan, magenta, yellow and black taken from white. */
  private int printed(int column, int row) {
    int rgb = 0;
    for (int ink = 0; ink < 3; ink++) {
      int light =
          (255 - raster.getSample(column, row, ink)) * (255 - raster.getSample(column, row, 3));
      rgb = rgb << 8 | (light + 127) / 255;
    }
    return rgb;
  }
}
