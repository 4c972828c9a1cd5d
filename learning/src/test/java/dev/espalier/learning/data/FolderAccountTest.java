package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything in a folder of pictures is used, named in a remark, or refused. */
final class FolderAccountTest {
  @TempDir private Path folder;
  private final Remarks remarks = new Remarks();

  private Path picture(String path, String format) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, path.hashCode() & 0xffffff);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private void pictures(String prefix, int each, String... classes) throws IOException {
    for (String name : classes) {
      for (int i = 0; i < each; i++) {
        picture(prefix + name + "/" + i + ".png", "png");
      }
    }
  }

  private void text(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  private ImageDataset read() throws IOException {
    return ImageFolder.read("mine", folder, OptionalInt.empty(), 0, remarks, line -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "train, Test",
    "Training, Testing",
    "TRAIN, validation",
    "train_images, test_images",
    "seg_train/seg_train, seg_test/seg_test",
    "data/train, data/valid",
    "trainset, dev"
  })
  void partsAreToldByTheNamesThatPeopleGiveThem(String train, String test) throws IOException {
    pictures(train + "/", 3, "a", "b");
    pictures(test + "/", 1, "a", "b");
    ImageDataset dataset = read();
    assertThat(dataset.train().count()).isEqualTo(6);
    assertThat(dataset.test().count()).isEqualTo(2);
    assertThat(dataset.classNames()).containsExactly("a", "b");
  }

  @Test
  void aPartIsNeverTakenForAClassAndNeverPassedOver() throws IOException {
    pictures("", 2, "cat", "dog", "Test");
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("Test looks like a part of the data");
  }

  @Test
  void flatPartsAreNoClasses() throws IOException {
    pictures("", 2, "train", "test");
    assertThatThrownBy(this::read).hasMessageContaining("holds no folder for each class");
  }

  @Test
  void trainsAreAClassAmongOtherVehicles() throws IOException {
    pictures("", 2, "bus", "train", "car");
    assertThat(read().classNames()).containsExactly("bus", "car", "train");
    assertThat(remarks.all()).singleElement().asString().contains("taken for a class");
  }

  @Test
  void picturesThatAreNeitherTrainNorTestAreRefusedWhereNothingIsTheTest() throws IOException {
    pictures("train/", 2, "a", "b");
    pictures("holdout/", 2, "a", "b");
    assertThatThrownBy(this::read)
        .hasMessageContaining("holdout holds pictures, but is neither train nor test");
    pictures("test/", 2, "a", "b");
    read();
    assertThat(remarks.all()).anyMatch(each -> each.contains("holdout"));
  }

  @Test
  void classesAreTheSameInWhateverCase() throws IOException {
    pictures("train/", 2, "Cat", "Dog");
    pictures("test/", 1, "dog", "cat");
    ImageDataset dataset = read();
    assertThat(dataset.classNames()).containsExactly("Cat", "Dog");
    assertThat(dataset.test().classCounts(2)).containsExactly(1, 1);
  }

  @Test
  void kindsAreToldByContentAndWhatCannotBeReadIsNamed() throws IOException {
    pictures("", 2, "a", "b");
    picture("a/x.bmp", "bmp");
    picture("a/y.gif", "gif");
    picture("b/z.tif", "tiff");
    picture("b/photo", "jpg");
    Files.write(
        folder.resolve("b/phone.heic"),
        new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c', 0, 0});
    text("b/notes.txt", "my notes");
    ImageDataset dataset = read();
    assertThat(dataset.train().count() + dataset.test().count()).isEqualTo(8);
    assertThat(remarks.all())
        .contains(
            "left out: phone.heic (HEIC or AVIF, which cannot be read here)",
            "left out: notes.txt (no pictures)");
  }

  @Test
  void picturesInFoldersWithinAClassBelongToIt() throws IOException {
    pictures("n01/", 3, "images");
    pictures("n02/", 3, "images");
    text("n01/n01_boxes.txt", "boxes");
    ImageDataset dataset = read();
    assertThat(dataset.classNames()).containsExactly("n01", "n02");
    assertThat(dataset.train().count() + dataset.test().count()).isEqualTo(6);
    assertThat(remarks.all()).anyMatch(each -> each.contains("n01/images"));
  }

  @Test
  void foldersThatNobodyMadePass() throws IOException {
    pictures("", 2, "a", "b", "__MACOSX", "@eaDir");
    text("a/Thumbs.db", "x");
    text("a/._0.png", "x");
    assertThat(read().classNames()).containsExactly("a", "b");
  }

  @Test
  void whatIsUnreadableForOtherReasonsIsNotCalledDamage() throws IOException {
    pictures("", 2, "a", "b");
    Files.createSymbolicLink(folder.resolve("a/gone.png"), Path.of("/nowhere/gone.png"));
    text("b/copied.png", "../../.git/annex/objects/x.png");
    text("b/page.png", "<html><body>404</body></html>");
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidInput.class)
        .hasMessageContainingAll(
            "a/gone.png is a link to /nowhere/gone.png, which is not there",
            "b/copied.png is a link to ../../.git/annex/objects/x.png that was copied as a text",
            "b/page.png (29 bytes) is neither PNG nor JPEG",
            "but a web page");
    Files.delete(folder.resolve("a/gone.png"));
    Files.delete(folder.resolve("b/copied.png"));
    Files.delete(folder.resolve("b/page.png"));
    Files.createDirectories(folder.resolve("b/x.png"));
    assertThat(read().classes()).isEqualTo(2);
    assertThat(remarks.all()).anyMatch(each -> each.contains("x.png (a folder without pictures)"));
  }

  @Test
  void partsInsideOfClassesAreRefused() throws IOException {
    pictures("bottle/", 2, "train", "test");
    pictures("cable/", 2, "train", "test");
    assertThatThrownBy(this::read).hasMessageContaining("such as train/bottle");
  }
}
