package dev.espalier.learning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PictureTest {
  private static final ImageShape SMALL = new ImageShape(3, 4, 4);

  @TempDir private Path folder;

  /** As people see it: red on the left of the upper half, green beside it, blue below. */
  private static BufferedImage seen() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, 32, 32);
    graphics.setColor(Color.GREEN);
    graphics.fillRect(32, 0, 32, 32);
    graphics.setColor(Color.BLUE);
    graphics.fillRect(0, 32, 64, 32);
    graphics.dispose();
    return image;
  }

  /** Stored such that EXIF's rule for the code gives the picture as it is seen. */
  private static BufferedImage stored(BufferedImage seen, int code) {
    Orientation orientation = new Orientation(code);
    BufferedImage stored = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < 64; row++) {
      for (int column = 0; column < 64; column++) {
        stored.setRGB(
            orientation.column(column, row, 64),
            orientation.row(column, row, 64),
            seen.getRGB(column, row));
      }
    }
    return stored;
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "jpg", bytes)).isTrue();
    return bytes.toByteArray();
  }

  /** EXIF stands right behind the first marker. */
  private static byte[] withOrientation(byte[] jpeg, int code) {
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) code,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] bytes = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, bytes, 0, 2);
    System.arraycopy(exif, 0, bytes, 2, exif.length);
    System.arraycopy(jpeg, 2, bytes, 2 + exif.length, jpeg.length - 2);
    return bytes;
  }

  private byte[] read(byte[] file, boolean mayLackData) throws IOException {
    Path path = Files.write(folder.resolve("x.jpg"), file);
    byte[] pixels = new byte[SMALL.size()];
    new Picture(path, 0, mayLackData).read(SMALL, pixels, 0);
    return pixels;
  }

  @ParameterizedTest(name = "orientation {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void isTurnedAsPeopleSeeIt(int code) throws IOException {
    byte[] pixels = read(withOrientation(jpeg(stored(seen(), code)), code), false);
    assertThat(pixels[0] & 0xff).isGreaterThan(200); // red, above on the left
    assertThat(pixels[3] & 0xff).isLessThan(60);
    assertThat(pixels[16 + 3] & 0xff).isGreaterThan(200); // green, above on the right
    assertThat(pixels[32 + 12] & 0xff).isGreaterThan(200); // blue, below
    assertThat(pixels[32 + 15] & 0xff).isGreaterThan(200);
  }

  /** The rule of code 6, by hand: what is stored on the left is seen above. */
  @Test
  void theRuleIsTheCamerasOne() {
    Orientation six = new Orientation(6);
    assertThat(six.column(0, 0, 40)).isZero();
    assertThat(six.row(0, 0, 30)).isEqualTo(29);
    assertThat(six.swapsSides()).isTrue();
    Orientation eight = new Orientation(8);
    assertThat(eight.column(0, 0, 40)).isEqualTo(39);
    assertThat(eight.row(0, 0, 30)).isZero();
  }

  @Test
  void dataThatEndsEarlyIsRefusedEvenWhereAnEndFollows() throws IOException {
    BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      noise.setRGB(i % 64, i / 64, i * 2654435);
    }
    byte[] whole = jpeg(noise);
    byte[] cut = Arrays.copyOf(whole, whole.length * 6 / 10);
    byte[] ended = Arrays.copyOf(cut, cut.length + 2);
    ended[cut.length] = (byte) 0xff;
    ended[cut.length + 1] = (byte) 0xd9;
    assertThatThrownBy(() -> read(ended, false))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("it is cut short: some of its data is missing");
    read(ended, true); // some published pictures are like that

    byte[] longer = Arrays.copyOf(whole, whole.length + 40); // bytes too many before the end
    longer[longer.length - 2] = (byte) 0xff;
    longer[longer.length - 1] = (byte) 0xd9;
    longer[whole.length - 2] = 0x11;
    longer[whole.length - 1] = 0x22;
    read(longer, false);
  }

  /** With all scans but the last one the colours are nearly right: nobody would see it. */
  @Test
  void aProgressiveOneThatLacksItsLastScanIsRefused() throws IOException {
    byte[] whole = progressive(seen());
    read(whole, false);

    int last = lastScan(whole);
    byte[] ended = Arrays.copyOf(whole, last + 2);
    ended[last + 1] = (byte) 0xd9;
    assertThatThrownBy(() -> read(ended, false))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("it is cut short: some of its scans are missing");
    read(ended, true);
  }

  private static byte[] progressive(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Where the marker of the last scan stands. */
  private static int lastScan(byte[] jpeg) {
    for (int i = jpeg.length - 2; i > 0; i--) {
      if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xda) {
        return i;
      }
    }
    throw new AssertionError("no scan");
  }

  @Test
  void largePicturesAreReadInSteps() {
    Picture.Header large = new Picture.Header(20_000, 20_000, false, 4, false);
    assertThat(large.step(64)).isEqualTo(19);
    assertThat(large.decodedBytes(64)).isLessThan(10 << 20);
    assertThat(new Picture.Header(8_000, 8_000, false, 4, false).step(64)).isEqualTo(1);
  }

  @Test
  void noMorePicturesAreDecodedAtOnceThanMemoryAllows() {
    DecodingMemory memory = new DecodingMemory(512L << 20, 0);
    assertThat(memory.total()).isEqualTo(249);
    assertThat(new DecodingMemory(0, 0).total()).isEqualTo(16);
    try (DecodingMemory.Share _ = memory.take(Long.MAX_VALUE)) { // has all of it
      assertThat(memory.total()).isEqualTo(249);
    }
    try (DecodingMemory.Share _ = memory.take(200 << 20)) {
      assertThat(memory.total()).isEqualTo(249);
    }
  }

  @Test
  void deepGreyKeepsItsUpperBitsAndPalettesAreLookedUp() throws IOException {
    BufferedImage deep = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(3, 3, 0, 0xab12);
    Pixels pixels = new Pixels(deep, Orientation.UPRIGHT);
    int[] line = new int[8];
    pixels.row(0, 3, line);
    assertThat(line[3]).isEqualTo(0xababab);

    BufferedImage palette = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(2, 0, 0xff0000);
    new Pixels(palette, Orientation.UPRIGHT).row(0, 0, line);
    assertThat(line[2] & 0xffffff).isEqualTo(0xff0000);
  }
}
