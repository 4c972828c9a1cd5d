package dev.espalier.store.program;

import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A folder as one ZIP file, uncompressed, sorted and without times: the same files are the same
 * bytes, so that its SHA-256 names its content.
 */
public final class FolderArchive {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private FolderArchive() {}

  /**
   * What a folder holds, by path with {@code /}: files, and empty folders by a path that ends so.
   *
   * @throws java.nio.file.NoSuchFileException if one goes while they are listed
   */
  public static SortedMap<String, Path> files(Path folder) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        String name = folder.relativize(each).toString().replace('\\', '/');
        if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
          files.put(name, each);
        } else if (!name.isEmpty() && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          files.put(name + "/", each);
        }
      }
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause()); // as the walk has it from a folder
    }
    return files;
  }

  /**
   * @param files as {@link #files} lists them
   * @param mostBytes that they may have
   * @throws InvalidInput if they have more
   */
  public static byte[] pack(SortedMap<String, Path> files, long mostBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, Path> file : files.entrySet()) {
        boolean isFolder = file.getKey().endsWith("/");
        long size = isFolder ? 0 : Files.size(file.getValue());
        if (bytes.size() + size > mostBytes) {
          throw new InvalidInput(
              "%s makes more than %,d MB of the folder".formatted(file.getKey(), mostBytes >> 20));
        }
        byte[] content = isFolder ? new byte[0] : Files.readAllBytes(file.getValue());
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /**
   * The same files under another SHA-256: checkpoints are cleared away, and the same bytes with
   * them.
   *
   * @param comment ASCII
   */
  public static byte[] withComment(byte[] archive, String comment) {
    byte[] text = comment.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(archive, archive.length + text.length);
    all[archive.length - 2] = (byte) text.length; // the last field of a ZIP file
    all[archive.length - 1] = (byte) (text.length >>> 8);
    System.arraycopy(text, 0, all, archive.length, text.length);
    return all;
  }

  /**
   * Writes the files into the folder, which comes into being. Those that begin with {@code #!} may
   * be run.
   *
   * @throws InvalidInput if a path leads out of the folder
   */
  public static void unpack(byte[] archive, Path folder) throws IOException {
    Path root = Files.createDirectories(folder).toAbsolutePath().normalize();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = root.resolve(entry.getName()).normalize();
        if (!file.startsWith(root)) {
          throw new InvalidInput("%s leads out of the folder".formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        byte[] content = zip.readAllBytes();
        Files.write(file, content);
        if (content.length > 2 && content[0] == '#' && content[1] == '!') {
          Set<PosixFilePermission> rights = EnumSet.copyOf(Files.getPosixFilePermissions(file));
          rights.add(PosixFilePermission.OWNER_EXECUTE);
          Files.setPosixFilePermissions(file, rights);
        }
      }
    }
  }

  /** The names in an archive. */
  public static Set<String> names(byte[] archive) throws IOException {
    SortedMap<String, Boolean> names = new TreeMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.put(entry.getName(), true);
      }
    }
    return names.keySet();
  }
}
