package dev.espalier.activities.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Takes plain files out of archives; links and devices are passed over. {@link Placement} sees to
 * it that nothing is written elsewhere. Needs neither root nor dpkg.
 */
final class Unpacking {
  private Unpacking() {}

  /** The wanted files of a {@code .tar.gz}, {@code .tgz}, {@code .tar} or {@code .zip}. */
  static List<Path> archive(Path archive, Path into, Placement placement) throws IOException {
    String name = archive.getFileName().toString();
    try {
      if (name.endsWith(".zip")) {
        return zip(archive, into, placement);
      }
      try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
          InputStream tar = name.endsWith(".tar") ? file : new GzipCompressorInputStream(file)) {
        return tar(tar, into, placement);
      }
    } catch (IOException e) {
      throw new IOException(
          "%s (%,d bytes) cannot be unpacked (%s)"
              .formatted(name, Files.size(archive), e.getMessage()),
          e);
    }
  }

  /** The wanted files of a Debian package, by plain names: an {@code ar} archive with a tar. */
  static List<Path> deb(Path deb, Path into, Predicate<String> wanted) throws IOException {
    try (ArArchiveInputStream ar =
        new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(deb)))) {
      for (ArArchiveEntry entry = ar.getNextEntry(); entry != null; entry = ar.getNextEntry()) {
        String name = entry.getName();
        if (name.startsWith("data.tar")) {
          return tar(decompressed(ar, name), into, Placement.plainNames(wanted));
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

  private static List<Path> tar(InputStream in, Path into, Placement placement) throws IOException {
    List<Path> files = new ArrayList<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in); // closed with its source
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
        place(tar, entry.getName(), into, placement).ifPresent(files::add);
      }
    }
    return files;
  }

  private static List<Path> zip(Path archive, Path into, Placement placement) throws IOException {
    List<Path> files = new ArrayList<>();
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (!entry.isDirectory() && !entry.isUnixSymlink()) {
          try (InputStream content = zip.getInputStream(entry)) {
            place(content, entry.getName(), into, placement).ifPresent(files::add);
          }
        }
      }
    }
    return files;
  }

  private static Optional<Path> place(
      InputStream content, String name, Path into, Placement placement) throws IOException {
    Optional<String> relative = placement.of(name);
    if (relative.isEmpty()) {
      return Optional.empty();
    }
    Path file = into.resolve(relative.get()).normalize();
    if (!file.startsWith(into.normalize())) { // placements see to it; a second lock
      throw new IOException("it holds \"%s\", which leads elsewhere".formatted(name));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    return Optional.of(file);
  }
}
