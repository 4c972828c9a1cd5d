package dev.espalier.learning.data;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a picture is to be turned for people to see it upright: what cameras write as EXIF's
 * orientation, 1 to 8.
 *
 * @param code EXIF's number; 1 for a picture that is stored as it is seen
 */
record Orientation(int code) {
  static final Orientation UPRIGHT = new Orientation(1);

  /** What the file says; upright where it says nothing that can be read. */
  static Orientation of(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Metadata metadata = ImageMetadataReader.readMetadata(in);
      for (Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
        Integer code = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        if (code != null && code >= 1 && code <= 8) {
          return new Orientation(code);
        }
      }
      return UPRIGHT;
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      return UPRIGHT; // the pixels are another matter, and looked at by another reader
    }
  }

  /** Whether width and height change places. */
  boolean swapsSides() {
    return code >= 5;
  }

  /**
   * The stored column of a pixel that is seen at ({@code column}, {@code row}).
   *
   * @param width as stored
   */
  int column(int column, int row, int width) {
    return switch (code) {
      case 2, 3 -> width - 1 - column;
      case 5, 6 -> row;
      case 7, 8 -> width - 1 - row;
      default -> column;
    };
  }

  /**
   * Its stored row.
   *
   * @param height as stored
   */
  int row(int column, int row, int height) {
    return switch (code) {
      case 3, 4 -> height - 1 - row;
      case 5, 8 -> column;
      case 6, 7 -> height - 1 - column;
      default -> row;
    };
  }
}
