package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.ContentKind;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatFile.Entry;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;

/**
 * The cropped digits of SVHN (Netzer et al. 2011): {@code train_32x32.mat} and {@code
 * test_32x32.mat}, MATLAB 5 files with {@code X}, bytes {@code [32, 32, 3, n]} (row, column,
 * colour, image; the first index runs fastest), and {@code y}, the digits, 10 for zero.
 *
 * <p>{@code extra_32x32.mat} is not part of the usual training set, and is not read.
 */
public final class Svhn {
  private static final int SIDE = 32;
  private static final ImageShape SHAPE = new ImageShape(3, SIDE, SIDE);
  private static final List<String> DIGITS =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private Svhn() {}

  /**
   * Reads a folder, or one file.
   *
   * @param seed decides the test part where there is one file only
   * @param remarks are told what was left out
   */
  public static ImageDataset read(String name, Path path, long seed, Remarks remarks)
      throws IOException {
    if (Files.isRegularFile(path)) {
      return TestShare.split(name, DIGITS, images(path), seed);
    }
    if (!Files.isDirectory(path)) {
      throw new InvalidInput(
          "svhn: %s %s: give a folder with train_32x32.mat and test_32x32.mat"
              .formatted(path, Input.absence(path)));
    }
    Path train = path.resolve("train_32x32.mat");
    Path test = path.resolve("test_32x32.mat");
    for (Path file : List.of(train, test)) {
      if (!Files.isRegularFile(file)) {
        throw new InvalidInput(
            "svhn: no %s in %s (found %s). Run: espalier data fetch svhn"
                .formatted(file.getFileName(), path, FolderListing.of(path)));
      }
    }
    if (Files.exists(path.resolve("extra_32x32.mat"))) {
      remarks.add("left out: extra_32x32.mat (not part of the usual training set)");
    }
    return new ImageDataset(name, DIGITS, images(train), images(test));
  }

  private static Images images(Path file) throws IOException {
    try (Source source = Sources.openFile(file.toFile());
        MatFile content = Mat5.newReader(source).readMat()) {
      Matrix pictures = matrix(content, "X", file);
      int count = checkPictures(pictures, file);
      Matrix digits = matrix(content, "y", file);
      if (digits.getNumElements() != count) {
        throw new InvalidInput(
            "svhn: %s has %,d images but %,d labels: copy it again"
                .formatted(file.getFileName(), count, digits.getNumElements()));
      }
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = label(digits.getDouble(i), i, file);
      }
      return new Images(SHAPE, planes(pictures, count), labels);
    } catch (InvalidInput e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // the library has no type of its own for what is wrong with a file
      ContentKind kind = Input.of("svhn: " + file, file).kind();
      throw new InvalidInput(
          "svhn: %s (%,d bytes) cannot be read as a MATLAB 5 file (it is %s). Run: espalier data fetch svhn"
              .formatted(
                  file.getFileName(),
                  Files.size(file),
                  kind == ContentKind.MATLAB ? "damaged or cut short" : kind.words()),
          e);
    }
  }

  private static Matrix matrix(MatFile content, String variable, Path file) {
    for (Entry entry : content.getEntries()) {
      if (entry.getName().equals(variable) && entry.getValue() instanceof Matrix matrix) {
        return matrix;
      }
    }
    throw new InvalidInput(
        "svhn: %s has no matrix %s: it is cut short, or not a file of the cropped digits"
            .formatted(file.getFileName(), variable));
  }

  /** Returns the number of images. */
  private static int checkPictures(Matrix pictures, Path file) {
    int[] sizes = pictures.getDimensions();
    int[] expected = {SIDE, SIDE, 3};
    if (sizes.length < 3
        || sizes.length > 4
        || !Arrays.equals(expected, Arrays.copyOf(sizes, 3))
        || pictures.getType() != MatlabType.UInt8) {
      throw new InvalidInput(
          "svhn: X in %s is %s of %s, expected [32, 32, 3, n] of uint8: is it a file of the cropped digits?"
              .formatted(file.getFileName(), Arrays.toString(sizes), pictures.getType()));
    }
    return sizes.length == 4 ? sizes[3] : 1;
  }

  private static int label(double digit, int image, Path file) {
    if (!(digit >= 1 && digit <= 10) || digit != Math.rint(digit)) {
      throw new InvalidInput(
          "svhn: label %,d of %s is %s (allowed 1 to 10, 10 being zero): copy the file again"
              .formatted(image, file.getFileName(), digit));
    }
    return (int) digit % 10;
  }

  /** {@code [row + 32 column + 1024 colour + 3072 image] -> [n, c, h, w]}. */
  private static byte[] planes(Matrix pictures, int count) {
    byte[] pixels = new byte[Math.multiplyExact(count, SHAPE.size())];
    for (int plane = 0; plane < 3 * count; plane++) {
      int start = plane * SHAPE.plane();
      for (int column = 0; column < SIDE; column++) {
        for (int row = 0; row < SIDE; row++) {
          pixels[start + row * SIDE + column] = pictures.getByte(start + column * SIDE + row);
        }
      }
    }
    return pixels;
  }
}
