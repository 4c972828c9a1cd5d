package dev.espalier.learning.statedict;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * What {@code torch.save} writes since PyTorch 1.6: a zip archive of uncompressed records {@code
 * name/data.pkl} (the object, a pickle) and {@code name/data/0} and on (the numbers). Texts of our
 * own stand in records {@code name/espalier/...}, which PyTorch does not look at.
 *
 * @param tensors by name, in single precision
 * @param texts by name
 */
public record TorchArchive(SequencedMap<String, NamedArray> tensors, Map<String, String> texts) {
  private static final String PICKLE = "/data.pkl";
  private static final String NUMBERS = "/data/";
  private static final String TEXTS = "/espalier/";
  private static final String ORDER = "/byteorder";
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** Whether these bytes begin as a zip archive. */
  public static boolean is(byte[] bytes) {
    return bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
  }

  /**
   * All that is in it. Nothing in it is executed.
   *
   * @throws InvalidInput if it is damaged, or names anything but tensors of floats and maps
   */
  public static TorchArchive read(byte[] bytes) {
    try {
      Path file = Files.createTempFile("espalier-", ".pt"); // its directory is at its end
      try {
        Files.write(file, bytes);
        try (ZipFile zip = new ZipFile(file.toFile())) {
          return read(zip, bytes.length);
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (ZipException e) {
      throw new InvalidInput("the PyTorch checkpoint is cut short or damaged: get it again", e);
    } catch (IOException | ClassCastException | IndexOutOfBoundsException e) {
      throw new InvalidInput(
          "the PyTorch checkpoint cannot be read (%s)".formatted(e.getMessage()), e);
    }
  }

  private static TorchArchive read(ZipFile zip, int most) throws IOException {
    String name =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(each -> each.endsWith(PICKLE))
            .map(each -> each.substring(0, each.length() - PICKLE.length()))
            .findFirst()
            .orElseThrow(
                () -> new InvalidInput("the archive has no data.pkl: torch.save did not write it"));
    if (zip.getEntry(name + ORDER) != null
        && !"little".equals(text(record(zip, name + ORDER, most)))) {
      throw new InvalidInput("the numbers of the PyTorch checkpoint are not little-endian");
    }
    TorchTensors tensors = new TorchTensors();
    Object content = tensors.load(new ByteArrayInputStream(record(zip, name + PICKLE, most)));
    for (Map.Entry<String, TorchTensors.Storage> each : tensors.storages().entrySet()) {
      byte[] numbers = record(zip, name + NUMBERS + each.getKey(), most);
      if (numbers.length != each.getValue().bytes()) {
        throw new InvalidInput(
            "storage %s of the PyTorch checkpoint has %,d bytes, but %,d numbers belong there"
                .formatted(each.getKey(), numbers.length, each.getValue().count()));
      }
      each.getValue().fill(numbers);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (ZipEntry entry : zip.stream().toList()) {
      if (entry.getName().startsWith(name + TEXTS)) {
        texts.put(
            entry.getName().substring(name.length() + TEXTS.length()),
            text(record(zip, entry.getName(), most)));
      }
    }
    return new TorchArchive(TorchTensors.named(content), texts);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Not more than there is of the whole file: PyTorch does not compress. */
  private static byte[] record(ZipFile zip, String name, int most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new InvalidInput("the PyTorch checkpoint has no record %s".formatted(name));
    }
    if (entry.getMethod() != ZipEntry.STORED || entry.getSize() > most) {
      throw new InvalidInput(
          "record %s of the PyTorch checkpoint is compressed, which torch.save never does"
              .formatted(name));
    }
    byte[] bytes = zip.getInputStream(entry).readAllBytes();
    CRC32 sum = new CRC32();
    sum.update(bytes);
    if (sum.getValue() != entry.getCrc()) {
      throw new InvalidInput(
          "record %s of the PyTorch checkpoint is damaged: its checksum is another"
              .formatted(name));
    }
    return bytes;
  }

  /** The bytes that {@code torch.load} reads as an ordered map of tensors; always the same. */
  public byte[] encode() {
    List<NamedArray> arrays = List.copyOf(tensors.values());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      put(zip, "model" + PICKLE, TorchPickle.of(arrays));
      put(zip, "model" + ORDER, "little".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < arrays.size(); i++) {
        float[] values = arrays.get(i).values();
        ByteBuffer numbers =
            ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        numbers.asFloatBuffer().put(values);
        put(zip, "model" + NUMBERS + i, numbers.array());
      }
      for (Map.Entry<String, String> text : texts.entrySet()) {
        put(zip, "model" + TEXTS + text.getKey(), text.getValue().getBytes(StandardCharsets.UTF_8));
      }
      put(zip, "model/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalStateException("an array takes all that is written to it", e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setSize(bytes.length);
    entry.setCompressedSize(bytes.length);
    entry.setCrc(sum.getValue());
    entry.setTimeLocal(EPOCH);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
