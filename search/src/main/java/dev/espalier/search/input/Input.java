package dev.espalier.search.input;

import dev.espalier.search.failure.InvalidInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * A file or stream that a person gave, opened in the one way there is: what it is, is told by its
 * first bytes; what was compressed (gzip, bzip2, a zip archive of a single file) comes unpacked; no
 * more of it is read than its reader can use; text comes in any of the usual encodings. What is
 * wrong is said in words of ours, beginning with its name.
 */
public final class Input {
  /** A text that a person wrote or a program measured is smaller than that. */
  public static final long MOST_TEXT = 256L << 20;

  private final String name;
  private final Opening opening;

  private interface Opening {
    InputStream open() throws IOException;
  }

  private Input(String name, Opening opening) {
    this.name = name;
    this.opening = opening;
  }

  /**
   * A file; a pipe is read too.
   *
   * @throws InvalidInput if it is not there, is a folder, or must not be read
   */
  public static Input of(Path file) {
    return of(file.toString(), file);
  }

  /**
   * A file under another name.
   *
   * @param name for messages
   */
  public static Input of(String name, Path file) {
    checkFile(name, file);
    return new Input(name, () -> Files.newInputStream(file));
  }

  /** Bytes that are here already. */
  public static Input of(String name, byte[] bytes) {
    return new Input(name, () -> new ByteArrayInputStream(bytes));
  }

  /** A stream, which can be read once. */
  public static Input of(String name, InputStream stream) {
    return new Input(name, () -> stream);
  }

  /**
   * Whether this can be opened as a file.
   *
   * @throws InvalidInput if not, with the reason: not there, a broken link, a folder, no permission
   */
  public static void checkFile(String name, Path file) {
    if (!Files.exists(file)) {
      throw new InvalidInput(name + ": " + absence(file));
    }
    if (Files.isDirectory(file)) {
      throw new InvalidInput(name + ": is a folder, not a file");
    }
    if (!Files.isReadable(file)) {
      throw new InvalidInput(name + ": there is no permission to read it");
    }
  }

  /** Why a path leads to nothing, to stand after its name. */
  public static String absence(Path file) {
    if (!Files.isSymbolicLink(file)) {
      return Files.notExists(file, LinkOption.NOFOLLOW_LINKS)
          ? "does not exist"
          : "cannot be reached: there is no permission to look into its folder";
    }
    try {
      return "is a link to %s, which is not there".formatted(Files.readSymbolicLink(file));
    } catch (IOException e) {
      return "is a link to something that is not there";
    }
  }

  /** For messages. */
  public String name() {
    return name;
  }

  /** What it is once it is unpacked; of a stream, ask the content itself. */
  public ContentKind kind() {
    try (InputStream in = open()) {
      return ContentKind.of(in.readNBytes(ContentKind.FIRST_BYTES));
    } catch (IOException e) {
      throw unreadable(e, 0);
    }
  }

  /** What it is, packed and unpacked, for a person; to stand after "is". */
  public String words() {
    ContentKind packed;
    try (InputStream in = opening.open()) {
      packed = ContentKind.of(in.readNBytes(ContentKind.FIRST_BYTES));
    } catch (IOException e) {
      throw unreadable(e, 0);
    }
    return switch (packed) {
      case GZIP, BZIP2 -> "%s, %s".formatted(unpackedWords(), packed.words());
      default -> packed.words();
    };
  }

  private String unpackedWords() {
    try {
      return kind().words();
    } catch (InvalidInput damaged) {
      return "damaged";
    }
  }

  /**
   * All bytes, unpacked.
   *
   * @param most as many as can be of use
   * @throws InvalidInput if there are more, or they cannot be read or unpacked
   */
  public byte[] bytes(long most) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = open()) {
      byte[] part = new byte[1 << 16];
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        if (bytes.size() + (long) read > most) {
          throw new InvalidInput(
              "%s: holds more than %,d MiB, more than anything that belongs here"
                  .formatted(name, most >> 20));
        }
        bytes.write(part, 0, read);
      }
    } catch (IOException e) {
      throw unreadable(e, bytes.size());
    }
    return bytes.toByteArray();
  }

  /**
   * All of it as text.
   *
   * @throws InvalidInput if it is something else, with what it is
   */
  public String text() {
    byte[] bytes = bytes(MOST_TEXT);
    byte[] first = java.util.Arrays.copyOf(bytes, Math.min(bytes.length, ContentKind.FIRST_BYTES));
    ContentKind kind = ContentKind.of(first);
    if (kind == ContentKind.EMPTY) {
      throw new InvalidInput(name + ": is empty");
    }
    if (kind != ContentKind.TEXT) {
      throw new InvalidInput("%s: is %s, not a text".formatted(name, kind.words()));
    }
    return TextContent.decode(bytes);
  }

  /** The content, unpacked; whoever reads it sees to it that it is not endless. */
  public InputStream open() throws IOException {
    InputStream in = new BufferedInputStream(opening.open(), 1 << 16);
    try {
      in.mark(ContentKind.FIRST_BYTES);
      ContentKind kind = ContentKind.of(in.readNBytes(ContentKind.FIRST_BYTES));
      in.reset();
      return switch (kind) {
        case GZIP -> new GZIPInputStream(in, 1 << 16);
        case BZIP2 -> new BZip2CompressorInputStream(in, true);
        case ZIP -> singleFile(in);
        case XZ, ZSTANDARD ->
            throw new InvalidInput(
                "%s: is %s: unpack it first, or use gzip".formatted(name, kind.words()));
        default -> in;
      };
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private InputStream singleFile(InputStream in) throws IOException {
    ZipInputStream zip = new ZipInputStream(in);
    ZipEntry entry = zip.getNextEntry();
    while (entry != null && (entry.isDirectory() || entry.getName().startsWith("__MACOSX"))) {
      entry = zip.getNextEntry();
    }
    if (entry == null) {
      throw new InvalidInput(name + ": is a zip archive without a file");
    }
    return new OnlyEntry(name, zip);
  }

  /** What is wrong, in words. */
  private InvalidInput unreadable(IOException e, long found) {
    return new InvalidInput("%s: %s".formatted(name, Reasons.of(e, found)), e);
  }
}
