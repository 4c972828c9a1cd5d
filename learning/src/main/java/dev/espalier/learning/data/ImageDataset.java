package dev.espalier.learning.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An image data set: named classes, a train part and a test part.
 *
 * <p>It has one canonical form: a header line of canonical JSON (format, shape, class names,
 * counts), then labels (16-bit, big-endian) and pixels of the train part, then those of the test
 * part. The digest is the SHA-256 of exactly these bytes, so it is also the name of the artifact
 * that holds them. The data set's own name is not part of it: the same pictures imported under two
 * names are the same data.
 */
public final class ImageDataset {
  private static final String FORMAT = "espalier-images/1";
  private static final int MAXIMUM_HEADER_BYTES = 16 << 20;

  private final String name;
  private final List<String> classNames;
  private final Images train;
  private final Images test;
  private volatile @Nullable String digest;
  private volatile @Nullable ChannelStatistics statistics;

  /** What stands in the first line of the canonical form. */
  private record Header(
      String format,
      int channels,
      int height,
      int width,
      List<String> classNames,
      int train,
      int test) {}

  public ImageDataset(String name, List<String> classNames, Images train, Images test) {
    this.name = name;
    this.classNames = List.copyOf(classNames);
    this.train = train;
    this.test = test;
    if (!train.shape().equals(test.shape())) {
      throw new InvalidInput(
          "%s: train images are %s but test images are %s: bring them to one size first"
              .formatted(name, train.shape(), test.shape()));
    }
    Set<String> seen = new HashSet<>();
    for (String className : classNames) {
      if (!seen.add(className)) {
        throw new InvalidInput("%s: class name '%s' occurs twice".formatted(name, className));
      }
    }
    int highest = Math.max(train.highestLabel(), test.highestLabel());
    if (highest >= classNames.size()) {
      throw new InvalidInput(
          "%s: an image has label %d, but there are %d classes (labels 0 to %d)"
              .formatted(name, highest, classNames.size(), classNames.size() - 1));
    }
    if (train.count() == 0) {
      throw new InvalidInput("%s: the train part has no images".formatted(name));
    }
  }

  public String name() {
    return name;
  }

  /** The same data under another name. */
  public ImageDataset named(String other) {
    ImageDataset renamed = new ImageDataset(other, classNames, train, test);
    renamed.digest = digest;
    renamed.statistics = statistics;
    return renamed;
  }

  /**
   * The images of some classes alone, which become classes 0, 1 and so on in the order given.
   *
   * @throws InvalidInput if there is no such class, or no training image of any of them
   */
  public ImageDataset ofClasses(int... classNumbers) {
    int[] newLabels = new int[classes()];
    Arrays.fill(newLabels, -1);
    List<String> names = new ArrayList<>();
    for (int each : classNumbers) {
      if (each < 0 || each >= classes()) {
        throw new InvalidInput(
            "%s has no class %d: it has %d, from 0".formatted(name, each, classes()));
      }
      newLabels[each] = names.size();
      names.add(classNames.get(each));
    }
    return new ImageDataset(name, names, train.ofClasses(newLabels), test.ofClasses(newLabels));
  }

  /** The classes that one of the parts has no image of, in words; empty where there is none. */
  public List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    gap("training", train, gaps);
    gap("test", test, gaps);
    return gaps;
  }

  private void gap(String part, Images images, List<String> gaps) {
    int[] counts = images.classCounts(classes());
    List<String> without =
        IntStream.range(0, classes())
            .filter(label -> counts[label] == 0)
            .mapToObj(classNames::get)
            .toList();
    if (!without.isEmpty()) {
      gaps.add("classes without %s images: %s".formatted(part, Remarks.some(without)));
    }
  }

  public ImageShape shape() {
    return train.shape();
  }

  public int classes() {
    return classNames.size();
  }

  public List<String> classNames() {
    return classNames;
  }

  public Images train() {
    return train;
  }

  public Images test() {
    return test;
  }

  /** SHA-256 of the canonical form, lower-case hex. Computed once. */
  public String digest() {
    String known = digest;
    if (known == null) {
      try (OutputStream nowhere = OutputStream.nullOutputStream()) {
        known = writeDigested(nowhere);
      } catch (IOException impossible) {
        throw new IllegalStateException("writing to nowhere failed", impossible);
      }
      digest = known;
    }
    return known;
  }

  /** Mean of each channel of the train part, pixels scaled to 0..1. */
  public float[] channelMeans() {
    return statistics().means().clone();
  }

  /**
   * Deviation of each channel of the train part, pixels scaled to 0..1; 1 where a channel is
   * constant.
   */
  public float[] channelDeviations() {
    return statistics().deviations().clone();
  }

  ChannelStatistics statistics() {
    ChannelStatistics known = statistics;
    if (known == null) {
      known = ChannelStatistics.of(train);
      statistics = known;
    }
    return known;
  }

  /** Bytes of the canonical form. */
  public long canonicalBytes() {
    return header().length + (long) (train.count() + test.count()) * (shape().size() + 2);
  }

  /** Writes the canonical form. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(header());
    train.writeTo(out);
    test.writeTo(out);
  }

  private String writeDigested(OutputStream out) throws IOException {
    try (DigestOutputStream digesting = new DigestOutputStream(out, sha256())) {
      writeTo(digesting);
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    }
  }

  private byte[] header() {
    ImageShape shape = shape();
    String json =
        CanonicalJson.of(
            new Header(
                FORMAT,
                shape.channels(),
                shape.height(),
                shape.width(),
                classNames,
                train.count(),
                test.count()));
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the canonical form to the end of the stream.
   *
   * @throws InvalidInput if it is something else, is cut short, or goes on after its end
   */
  public static ImageDataset readFrom(String name, InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    Header header = readHeader(name, data);
    ImageShape shape = new ImageShape(header.channels(), header.height(), header.width());
    Images train = readImages(name, "train", shape, header.train(), data);
    Images test = readImages(name, "test", shape, header.test(), data);
    if (data.read() >= 0) {
      throw new InvalidInput(
          "%s: the stored data goes on after its end: fetch or import it again".formatted(name));
    }
    return new ImageDataset(name, header.classNames(), train, test);
  }

  /** {@link #readFrom(String, InputStream)} with its digest compared to the expected one. */
  public static ImageDataset readFrom(String name, InputStream in, String expectedDigest)
      throws IOException {
    ImageDataset dataset = readFrom(name, in);
    if (!dataset.digest().equals(expectedDigest)) {
      throw new InvalidInput(
          "%s: the stored data has digest %s, expected %s: fetch or import it again"
              .formatted(name, dataset.digest(), expectedDigest));
    }
    return dataset;
  }

  private static Header readHeader(String name, InputStream in) throws IOException {
    byte[] line = new byte[256];
    int length = 0;
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || length == MAXIMUM_HEADER_BYTES || (length == 0 && next != '{')) {
        throw new InvalidInput(
            "%s: these bytes are not an Espalier image data set (no header line)".formatted(name));
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) next;
    }
    Header header;
    try {
      header = Json.mapper().readValue(line, 0, length, Header.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInput("%s: the header of the stored data cannot be read".formatted(name), e);
    }
    if (!FORMAT.equals(header.format()) || header.train() < 0 || header.test() < 0) {
      throw new InvalidInput(
          "%s: the stored data has format '%s', expected '%s'"
              .formatted(name, header.format(), FORMAT));
    }
    return header;
  }

  private static Images readImages(
      String name, String part, ImageShape shape, int count, InputStream in) throws IOException {
    long expected = (long) count * (shape.size() + 2);
    if (expected > Images.MAXIMUM_BYTES) {
      throw new InvalidInput(
          "%s: the stored %s part claims %,d bytes, more than a data set can have: fetch or import it again"
              .formatted(name, part, expected));
    }
    byte[] encoded = in.readNBytes(2 * count);
    byte[] pixels = in.readNBytes(count * shape.size());
    if (encoded.length + pixels.length < expected) {
      throw new InvalidInput(
          "%s: the stored %s part is cut short (found %,d bytes, expected %,d): fetch or import it again"
              .formatted(name, part, encoded.length + pixels.length, expected));
    }
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (encoded[2 * i] & 0xff) << 8 | (encoded[2 * i + 1] & 0xff);
    }
    return new Images(shape, pixels, labels);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "%s (%,d train and %,d test images of %s, %d classes)"
        .formatted(name, train.count(), test.count(), shape(), classes());
  }
}
