package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path folder;

  private static BufferedImage filled(int width, int height, int type, int rgb) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        image.setRGB(column, row, rgb);
      }
    }
    return image;
  }

  private void write(String path, BufferedImage image) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    String format = path.endsWith("png") ? "png" : "jpg";
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }

  private void write(String path, int side, int rgb) throws IOException {
    write(path, filled(side, side, BufferedImage.TYPE_INT_RGB, rgb));
  }

  @Test
  void readsClassesAndFilesInTheOrderOfTheirNames() throws IOException {
    write("train/cat/b.png", 4, 0x010203);
    write("train/cat/a.png", 4, 0x040506);
    write("train/ant/z.png", 4, 0x070809);
    write("test/cat/q.png", 4, 0x0a0b0c);

    ImageDataset dataset =
        ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {});

    assertThat(dataset.classNames()).containsExactly("ant", "cat");
    assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 4, 4));
    assertThat(dataset.train().count()).isEqualTo(3);
    assertThat(dataset.train().label(0)).isZero();
    assertThat(dataset.train().pixel(0, 0, 0, 0)).isEqualTo(7);
    assertThat(dataset.train().pixel(1, 1, 3, 3)).isEqualTo(5);
    assertThat(dataset.train().pixel(2, 2, 0, 0)).isEqualTo(3);
    assertThat(dataset.test().label(0)).isEqualTo(1);
    assertThat(dataset.test().pixel(0, 1, 2, 2)).isEqualTo(11);
  }

  @Test
  void takesTheMostCommonSizeUnlessOneIsAskedFor() throws IOException {
    write("train/a/1.png", 6, 0x102030);
    write("train/a/2.png", 4, 0x102030);
    write("train/b/3.png", 4, 0x102030);
    write("val/b/4.jpg", 8, 0x102030);

    assertThat(
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {})
                .shape()
                .width())
        .isEqualTo(4);
    ImageDataset asked =
        ImageFolder.read("mine", folder, OptionalInt.of(3), 0, new Remarks(), line -> {});
    assertThat(asked.shape().width()).isEqualTo(3);
    assertThat(asked.train().pixel(0, 2, 1, 1)).isEqualTo(0x30);
    assertThat(asked.test().count()).isEqualTo(1);
  }

  @Test
  void averagesTheMiddleOfALongPicture() throws IOException {
    BufferedImage wide = filled(8, 4, BufferedImage.TYPE_INT_RGB, 0xff0000); // the ends are cut off
    for (int row = 0; row < 4; row++) {
      for (int column = 2; column < 6; column++) {
        wide.setRGB(column, row, column % 2 == 0 ? 0 : 0x646464);
      }
    }
    write("a/1.png", wide);
    write("a/2.png", wide);
    write("b/3.png", wide);

    ImageDataset dataset =
        ImageFolder.read("mine", folder, OptionalInt.of(2), 0, new Remarks(), line -> {});

    for (int channel = 0; channel < 3; channel++) {
      assertThat(dataset.train().pixel(0, channel, 1, 1)).isEqualTo(50);
    }
  }

  @Test
  void greyPicturesKeepTheirValuesAndHaveOneChannel() throws IOException {
    for (String file : new String[] {"a/1.png", "a/2.png", "b/1.png", "b/2.png"}) {
      BufferedImage grey = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
      grey.getRaster().setSample(1, 0, 0, 100);
      write(file, grey);
    }
    ImageDataset dataset =
        ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {});
    assertThat(dataset.shape()).isEqualTo(new ImageShape(1, 2, 2));
    assertThat(dataset.train().pixel(0, 0, 0, 1)).isEqualTo(100);

    write("b/3.png", 2, 0x010203);
    assertThat(
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {})
                .shape()
                .channels())
        .isEqualTo(3);
  }

  @Test
  void namesTheFileThatCannotBeDecoded() throws IOException {
    write("a/1.png", 16, 0x123456);
    write("b/2.png", 16, 0x123456);
    Path broken = folder.resolve("b/2.png");
    byte[] bytes = Files.readAllBytes(broken);
    Files.write(broken, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("b/2.png (%d bytes) cannot be decoded".formatted(bytes.length / 2));

    Files.writeString(broken, "no picture");
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .hasMessageContaining("b/2.png (10 bytes) is neither PNG nor JPEG");
  }

  @Test
  void saysWhatAFolderLacks() throws IOException {
    assertThatThrownBy(() ->
            ImageFolder.read(
                "mine", folder.resolve("no"), OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .hasMessageContaining("is not a folder");
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .hasMessageContaining("at least two classes (found nothing)");
    write("train/a/1.png", 4, 0);
    Files.createDirectories(folder.resolve("train/b"));
    Files.writeString(folder.resolve("train/b/readme.gif"), "");
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .hasMessageContaining("readme.gif (0 bytes) is neither PNG");
    Files.delete(folder.resolve("train/b/readme.gif"));
    write("train/b/1.png", 4, 0);
    write("test/c/1.png", 4, 0);
    write("test/a/1.png", 4, 0);
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .hasMessageContaining("has a class 'c' that")
        .hasMessageContaining("(it has a, b)");
  }

  @Test
  void largePicturesBecomeSmallUnlessALargeSizeIsAskedFor() throws IOException {
    for (String file : new String[] {"train/a/1.JPEG", "train/b/2.JPEG", "val/b/3.JPEG"}) {
      write(file, filled(300, 200, BufferedImage.TYPE_INT_RGB, 0x646464));
    }
    assertThat(
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {})
                .shape())
        .isEqualTo(new ImageShape(3, 64, 64));
    assertThat(
            ImageFolder.read("mine", folder, OptionalInt.of(128), 0, new Remarks(), line -> {})
                .shape())
        .isEqualTo(new ImageShape(3, 128, 128));
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.of(16_000), 0, new Remarks(), line -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("3 pictures of 3 x 16000 x 16000 are 2,304,000,000 bytes")
        .hasMessageContaining("--image-size 15446 at most");
  }

  @Test
  void aJpegCutShortIsRefusedAndNotFilledUp() throws IOException {
    write("a/1.jpg", 64, 0x123456);
    write("b/2.jpg", 64, 0x123456);
    assertThat(
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {})
                .shape()
                .width())
        .isEqualTo(64);
    Path broken = folder.resolve("b/2.jpg");
    byte[] bytes = Files.readAllBytes(broken);
    Files.write(broken, java.util.Arrays.copyOf(bytes, bytes.length - 20));
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "b/2.jpg (%,d bytes) cannot be decoded (it is cut short: its end is missing)"
                .formatted(bytes.length - 20));
  }

  @Test
  void everyDamagedPictureIsNamed() throws IOException {
    write("a/1.png", 16, 0x123456);
    for (int i = 0; i < 25; i++) {
      Path file = folder.resolve("b/%02d.png".formatted(i));
      Files.createDirectories(file.getParent());
      Files.writeString(file, "nothing");
    }
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            e -> {
              assertThat(e.problems()).hasSize(21);
              assertThat(e.problems().getFirst()).contains("b/00.png (7 bytes)");
              assertThat(e.problems().get(19)).contains("b/19.png");
              assertThat(e.problems().getLast()).isEqualTo("folder: and 5 more");
            });
  }

  /** Some of ImageNet's pictures are made for printing. */
  @Test
  void picturesInPrintingColoursAreRead() throws IOException {
    for (String file : new String[] {"a/1.jpg", "b/1.jpg"}) {
      Files.createDirectories(folder.resolve(file).getParent());
      try (InputStream in = ImageFolderTest.class.getResourceAsStream("printing-colours.jpg")) {
        Files.copy(in, folder.resolve(file));
      }
    }
    ImageDataset dataset =
        ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {});

    // cyan 10, magenta 200, yellow 100, black 30: Pillow too says (216, 49, 137)
    assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 8, 8));
    assertThat(dataset.train().pixel(0, 0, 4, 4)).isEqualTo(216);
    assertThat(dataset.train().pixel(0, 1, 4, 4)).isEqualTo(49);
    assertThat(dataset.train().pixel(0, 2, 4, 4)).isEqualTo(137);
  }

  @Test
  void picturesForTestingThatAreNotSortedAreNotPassedOver() throws IOException {
    write("train/a/1.png", 4, 0);
    write("train/b/1.png", 4, 0);
    write("val/ILSVRC2012_val_00000001.png", 4, 0);
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .hasMessageContaining("has no folders of the classes (found ILSVRC2012_val_00000001.png)");
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    BufferedImage dot = filled(1, 1, BufferedImage.TYPE_INT_RGB, 0);
    for (int i = 0; i < 250; i++) {
      write("a/%03d.png".formatted(i), dot);
      write("b/%03d.png".formatted(i), dot);
    }
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), told::add);
    assertThat(told)
        .containsExactly("500 of 500 pictures looked at", "500 of 500 pictures decoded");
  }

  private void deep(String path, int number) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(1, 2, 0, number);
    write(path, image);
  }

  @Test
  void refusesPicturesOf16BitsThatWouldBeBlack() throws IOException {
    for (String path : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
      deep(path, 255);
    }
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("4 pictures of 16 bits have no number above 255 of 65,535")
        .hasMessageContaining("Spread their numbers over the whole range");
  }

  @Test
  void tellsOfPicturesOf16BitsThatAreNearlyBlack() throws IOException {
    for (String path : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
      deep(path, 4_095);
    }
    Remarks remarks = new Remarks();
    ImageFolder.read("mine", folder, OptionalInt.empty(), 0, remarks, line -> {});
    assertThat(remarks.all()).anyMatch(each -> each.contains("they are nearly black"));
    deep("b/2.png", 60_000);
    Remarks none = new Remarks();
    ImageFolder.read("mine", folder, OptionalInt.empty(), 0, none, line -> {});
    assertThat(none.all()).noneMatch(each -> each.contains("black"));
  }

  /** A TIFF file of one pixel, little-endian, 32 bits of a floating-point number. */
  @Test
  void refusesPicturesOfFloatingPointNumbers() throws IOException {
    int[][] fields = {
      {256, 3, 1, 1}, {257, 3, 1, 1}, {258, 3, 1, 32}, {259, 3, 1, 1}, {262, 3, 1, 1},
      {273, 4, 1, 8}, {277, 3, 1, 1}, {278, 3, 1, 1}, {279, 4, 1, 4}, {339, 3, 1, 3}
    };
    ByteBuffer tiff = ByteBuffer.allocate(12 + 2 + 12 * fields.length + 4);
    tiff.order(ByteOrder.LITTLE_ENDIAN).put((byte) 'I').put((byte) 'I').putShort((short) 42);
    tiff.putInt(12).putFloat(0.5f).putShort((short) fields.length);
    for (int[] field : fields) {
      tiff.putShort((short) field[0]).putShort((short) field[1]).putInt(field[2]).putInt(field[3]);
    }
    for (String name : List.of("a", "b")) {
      Files.createDirectories(folder.resolve(name));
      Files.write(folder.resolve(name).resolve("1.tif"), tiff.array());
    }
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("1.tif has numbers of 32 bits as pixels")
        .hasMessageContaining("save it with 8 or 16 bits");
  }

  @Test
  void refusesClassesThatDifferInCaseOnly() throws IOException {
    write("cat/1.png", 4, 0x010203);
    write("Cat/1.png", 4, 0x040506);
    assertThatThrownBy(() ->
            ImageFolder.read("mine", folder, OptionalInt.empty(), 0, new Remarks(), line -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("the classes Cat and cat, which differ in case or accents only");
  }

  @Test
  void tellsOfFoldsThatAreTakenForClasses() throws IOException {
    for (String path : List.of("fold1/cat", "fold1/dog", "fold2/cat", "fold2/dog")) {
      write(path + "/1.png", 4, path.hashCode() & 0xffffff);
    }
    Remarks remarks = new Remarks();
    ImageFolder.read("mine", folder, OptionalInt.empty(), 0, remarks, line -> {});
    assertThat(remarks.all())
        .anyMatch(each ->
            each.contains(
                "fold1, fold2 are taken for the classes, though each of them has the folders cat, dog"));
  }

  @Test
  void tellsOfTestPicturesThatAreTrainingPictures() throws IOException {
    write("train/a/1.png", 4, 0x010203);
    write("train/b/1.png", 4, 0x040506);
    write("test/a/7.png", 4, 0x040506);
    write("test/b/8.png", 4, 0x0a0b0c);
    Remarks remarks = new Remarks();
    ImageFolder.read("mine", folder, OptionalInt.empty(), 0, remarks, line -> {});
    assertThat(remarks.all())
        .anyMatch(each -> each.contains("1 of 2 test pictures are training pictures too"));
  }
}
