package dev.espalier.activities.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Takes files out of archives, by their plain names: folders within an archive are dropped, so
 * nothing can be written elsewhere. Needs neither root nor dpkg.
 */
final class Unpacking {
  private Unpacking() {}

  /** The wanted files of a {@code .tar.gz}. */
  static List<Path> tarGz(Path archive, Path into, Predicate<String> wanted) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        InputStream tar = new GzipCompressorInputStream(file)) {
      return tar(tar, into, wanted);
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be unpacked (%s)".formatted(archive.getFileName(), e.getMessage()), e);
    }
  }

  /** The wanted files of a Debian package: an {@code ar} archive with a tar in it. */
  static List<Path> deb(Path deb, Path into, Predicate<String> wanted) throws IOException {
    try (ArArchiveInputStream ar =
        new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(deb)))) {
      for (ArArchiveEntry entry = ar.getNextEntry(); entry != null; entry = ar.getNextEntry()) {
        String name = entry.getName();
        if (name.startsWith("data.tar")) {
          return tar(decompressed(ar, name), into, wanted);
        }
      }
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be unpacked (%s)".formatted(deb.getFileName(), e.getMessage()), e);
    }
    throw new IOException(
        "%s is no Debian package: it has no data.tar".formatted(deb.getFileName()));
  }

  private static InputStream decompressed(InputStream in, String name) throws IOException {
    return switch (name) {
      case "data.tar" -> in;
      case "data.tar.xz" -> new XZCompressorInputStream(in);
      case "data.tar.gz" -> new GzipCompressorInputStream(in);
      default -> throw new IOException("%s: this compression is not known here".formatted(name));
    };
  }

  private static List<Path> tar(InputStream in, Path into, Predicate<String> wanted)
      throws IOException {
    Files.createDirectories(into);
    List<Path> files = new ArrayList<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in); // closed with its source
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
      if (entry.isFile() && !name.isEmpty() && !name.equals("..") && wanted.test(name)) {
        Path file = into.resolve(name);
        Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
        files.add(file);
      }
    }
    return files;
  }
}
