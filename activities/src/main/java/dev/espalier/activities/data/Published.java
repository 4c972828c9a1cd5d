package dev.espalier.activities.data;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.espalier.activities.data.Source.DebianPackage;
import dev.espalier.activities.data.Source.WebArchives;
import dev.espalier.activities.data.Source.WebFiles;
import dev.espalier.search.canonical.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code published.json}: the one place where addresses and digests of published data stand. A
 * digest is the publisher's where one is stated, else what others who fetched the file have found
 * (FGVC-Aircraft, NATS-Bench).
 */
final class Published {
  private static final String RESOURCE = "published.json";

  private Published() {}

  private record Entry(
      String name,
      String title,
      String format,
      @Nullable List<String> classes,
      @Nullable String digest,
      @Nullable List<Place> sources,
      @Nullable String byHand) {
    KnownDataset known() {
      return new KnownDataset(
          name,
          title,
          sources == null ? List.of() : sources.stream().map(Place::source).toList(),
          ImportFormat.parse(format),
          ImportOptions.DEFAULTS.withClassNames(classes == null ? List.of() : classes),
          Optional.ofNullable(digest),
          Optional.ofNullable(byHand));
    }
  }

  /** One of debian, files and archives. */
  private record Place(
      @Nullable String debian,
      @Nullable String suffix,
      @Nullable List<Address> files,
      @Nullable List<Address> archives) {
    Source source() {
      if (debian != null && suffix != null) {
        return new DebianPackage(debian, suffix);
      }
      if (files != null) {
        return new WebFiles(files.stream().map(Address::file).toList());
      }
      if (archives != null) {
        return new WebArchives(
            archives.stream().map(Address::file).toList(), Optional.ofNullable(suffix));
      }
      throw new IllegalStateException(RESOURCE + ": a source is debian, files or archives");
    }
  }

  private record Address(
      String url,
      @Nullable String as,
      @Nullable String md5,
      @Nullable String sha256,
      @Nullable Long bytes) {
    RemoteFile file() {
      URI uri = URI.create(url);
      if (sha256 == null && md5 == null) {
        throw new IllegalStateException(RESOURCE + ": no digest of " + url);
      }
      return new RemoteFile(
          uri,
          as == null ? RemoteFile.lastPart(uri) : as,
          sha256 == null ? FileDigest.md5(String.valueOf(md5)) : FileDigest.sha256(sha256),
          bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes));
    }
  }

  static List<KnownDataset> read() {
    try (InputStream in = Published.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("resource " + RESOURCE + " is missing from this build");
      }
      List<Entry> entries = Json.mapper().readValue(in, new TypeReference<List<Entry>>() {});
      return entries.stream().map(Entry::known).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }
}
