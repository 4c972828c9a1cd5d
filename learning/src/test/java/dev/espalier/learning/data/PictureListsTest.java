package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.data.FgvcAircraft.Level;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of pictures with lists of what is for training and what for testing. */
class PictureListsTest {
  @TempDir Path folder;

  private void picture(String path, int width, int height, int grey) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        image.setRGB(column, row, row < height - 20 || height <= 20 ? grey * 0x010101 : 0xff0000);
      }
    }
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile()); // by content; the name says jpg
  }

  private void text(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Nested
  class Aircraft {
    @BeforeEach
    void write() throws IOException {
      for (int id = 1; id <= 4; id++) {
        picture("data/images/000000%d.jpg".formatted(id), 50, 44, 40 * id);
      }
      text("data/variants.txt", "707-320\nA300B4\nDHC-8-100\n");
      text("data/manufacturers.txt", "Boeing\nde Havilland\n");
      text("data/images_variant_train.txt", "0000002 A300B4\n0000001 707-320\n");
      text("data/images_variant_val.txt", "0000003 DHC-8-100\n");
      text("data/images_variant_test.txt", "0000004 A300B4\n");
      text("data/images_manufacturer_train.txt", "0000001 Boeing\n");
      text("data/images_manufacturer_val.txt", "0000003 de Havilland\n");
      text("data/images_manufacturer_test.txt", "0000004 Boeing\n");
    }

    private ImageDataset read(Level level, OptionalInt size) throws IOException {
      return FgvcAircraft.read("aircraft", folder, level, size, new Remarks(), line -> {});
    }

    @Test
    void trainAndValidationAreTheTrainPartInTheOrderOfTheLists() throws IOException {
      ImageDataset dataset = read(Level.VARIANT, OptionalInt.of(8));

      assertThat(dataset.classNames()).containsExactly("707-320", "A300B4", "DHC-8-100");
      assertThat(dataset.train().count()).isEqualTo(3);
      assertThat(dataset.train().label(0)).isEqualTo(1);
      assertThat(dataset.train().pixel(0, 0, 0, 0)).isEqualTo(80);
      assertThat(dataset.train().label(2)).isEqualTo(2);
      assertThat(dataset.test().count()).isEqualTo(1);
      assertThat(dataset.test().pixel(0, 1, 7, 7)).isEqualTo(160);
    }

    @Test
    void theBannerIsLeftOut() throws IOException {
      ImageDataset dataset = read(Level.VARIANT, OptionalInt.empty());

      assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 24, 24)); // of 50 x 44
      for (int colour = 0; colour < 3; colour++) {
        assertThat(dataset.train().pixel(1, colour, 23, 12)).isEqualTo(40);
      }
    }

    @Test
    void classesMayBeCoarserAndHaveSpaces() throws IOException {
      ImageDataset dataset = read(Level.MANUFACTURER, OptionalInt.of(4));
      assertThat(dataset.classNames()).containsExactly("Boeing", "de Havilland");
      assertThat(dataset.train().label(1)).isEqualTo(1);
    }

    @Test
    void everyWrongLineIsNamed() throws IOException {
      text(
          "data/images_variant_train.txt",
          "0000002 A300B4\n0000009 A300B4\n0000001 747\n0000001\n../../x A300B4\n");
      assertThatThrownBy(() -> read(Level.VARIANT, OptionalInt.of(8)))
          .isInstanceOfSatisfying(
              InvalidInput.class,
              e -> {
                assertThat(e.problems()).hasSize(4);
                assertThat(e.problems().get(0))
                    .startsWith("fgvc-aircraft: images_variant_train.txt line 2: ")
                    .endsWith("0000009.jpg does not exist");
                assertThat(e.problems().get(1))
                    .endsWith("line 3: class \"747\" is none of the 3 in variants.txt");
                assertThat(e.problems().get(2)).contains("line 4: \"0000001\" expected to be");
                assertThat(e.problems().get(3)).contains("line 5: \"../../x\" is no picture");
              });
      Files.delete(folder.resolve("data/images_variant_test.txt"));
      text("data/images_variant_train.txt", "0000002 A300B4\n");
      assertThatThrownBy(() -> read(Level.VARIANT, OptionalInt.of(8)))
          .hasMessageContaining("no images_variant_test.txt in");
      assertThatThrownBy(() -> read(Level.FAMILY, OptionalInt.of(8)))
          .hasMessageContaining("no images_family_train.txt in");
      assertThatThrownBy(() -> Level.parse("model"))
          .hasMessageContaining("allowed are variant, family and manufacturer");
    }
  }

  @Nested
  class Pets {
    @BeforeEach
    void write() throws IOException {
      picture("images/Abyssinian_100.jpg", 10, 8, 10);
      picture("images/Abyssinian_2.jpg", 10, 8, 20);
      picture("images/basset_hound_7.jpg", 10, 8, 30);
      text(
          "annotations/trainval.txt",
          "#Image CLASS-ID SPECIES BREED ID\nbasset_hound_7 2 2 1\nAbyssinian_100 1 1 1\n");
      text("annotations/test.txt", "Abyssinian_2 1 1 1\n");
    }

    private ImageDataset read() throws IOException {
      return OxfordPets.read("pets", folder, OptionalInt.empty(), new Remarks(), line -> {});
    }

    @Test
    void classesAreBreedsInTheOrderOfTheirNumbers() throws IOException {
      ImageDataset dataset = read();

      assertThat(dataset.classNames()).containsExactly("Abyssinian", "basset_hound");
      assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 8, 8));
      assertThat(dataset.train().label(0)).isEqualTo(1);
      assertThat(dataset.train().pixel(0, 0, 0, 0)).isEqualTo(30);
      assertThat(dataset.test().pixel(0, 2, 7, 7)).isEqualTo(20);
    }

    @Test
    void everyWrongLineIsNamed() throws IOException {
      text(
          "annotations/trainval.txt",
          "Abyssinian_100 1 1 1\nbasset_hound_7 1 2 1\nAbyssinian_3 1 1 1\nbasset 2\nbasset_hound_7 0 2 1\n");
      assertThatThrownBy(this::read)
          .isInstanceOfSatisfying(
              InvalidInput.class,
              e ->
                  assertThat(e.problems())
                      .satisfiesExactly(
                          first ->
                              assertThat(first)
                                  .contains(
                                      "trainval.txt line 2: class 1 is basset_hound here, but Abyssinian before"),
                          second -> assertThat(second).endsWith("Abyssinian_3.jpg does not exist"),
                          third -> assertThat(third).contains("line 4: \"basset 2\" expected"),
                          fourth -> assertThat(fourth).contains("they count from 1")));

      text("annotations/trainval.txt", "Abyssinian_100 1 1 1\nbasset_hound_7 3 2 1\n");
      assertThatThrownBy(this::read)
          .hasMessageContaining(
              "class 2 has no picture in the lists, but class 3 (basset_hound) has");

      text("annotations/trainval.txt", "\n");
      assertThatThrownBy(this::read).hasMessageContaining("lists no picture");
      Files.write(folder.resolve("annotations/trainval.txt"), new byte[] {(byte) 0xff, 0});
      assertThatThrownBy(this::read)
          .hasMessageContaining("trainval.txt line 1: \"ÿ\" expected to be");
    }

    @Test
    void everyDamagedPictureIsNamed() throws IOException {
      text("images/Abyssinian_2.jpg", "GIF8");
      Path cut = folder.resolve("images/basset_hound_7.jpg");
      byte[] whole = Files.readAllBytes(cut);
      Files.write(cut, java.util.Arrays.copyOf(whole, 40));
      assertThatThrownBy(this::read)
          .hasMessageContaining("Abyssinian_2.jpg (4 bytes) is neither PNG nor JPEG nor GIF");

      picture("images/Abyssinian_2.jpg", 10, 8, 20);
      assertThatThrownBy(this::read)
          .hasMessageContaining("basset_hound_7.jpg (40 bytes) cannot be decoded");
    }

    @Test
    void bothArchivesAreNeeded() throws IOException {
      assertThatThrownBy(() ->
              OxfordPets.read(
                  "pets", folder.resolve("images"), OptionalInt.empty(), new Remarks(), line -> {}))
          .hasMessageContaining("no folder images in")
          .hasMessageContaining("unpack images.tar.gz and annotations.tar.gz into one folder");
    }
  }
}
