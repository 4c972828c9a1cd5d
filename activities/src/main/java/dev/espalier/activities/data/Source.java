package dev.espalier.activities.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One place where a data set can be had. */
sealed interface Source {
  /** Where, for people. */
  String where();

  /**
   * Whether each file is what its publisher says once it is here: then what came is worth keeping,
   * even where it cannot be read.
   */
  boolean hasDigests();

  /** Brings the data set's files into a folder. */
  void fetch(Path folder, Downloads downloads, Consumer<String> progress) throws IOException;

  /** The tools that sources fetch with. */
  record Downloads(HttpDownload http, AptGet apt) {}

  /** Files of a Debian package. */
  record DebianPackage(String name, String suffix) implements Source {
    @Override
    public String where() {
      return "Debian package " + name;
    }

    @Override
    public boolean hasDigests() {
      return false; // apt-get checks them, and only while it downloads
    }

    @Override
    public void fetch(Path folder, Downloads downloads, Consumer<String> progress)
        throws IOException {
      Path deb = downloads.apt().download(name, folder.resolve("debian"), progress);
      if (Unpacking.deb(deb, folder, file -> file.endsWith(suffix)).isEmpty()) {
        throw new IOException("%s holds no file *%s".formatted(deb.getFileName(), suffix));
      }
    }
  }

  /** Plain files on the web. */
  record WebFiles(List<RemoteFile> files) implements Source {
    public WebFiles {
      files = List.copyOf(files);
    }

    @Override
    public String where() {
      return files.getFirst().uri().resolve(".").toString();
    }

    @Override
    public boolean hasDigests() {
      return true;
    }

    @Override
    public void fetch(Path folder, Downloads downloads, Consumer<String> progress)
        throws IOException {
      for (RemoteFile file : files) {
        downloads.http().fetch(file, folder, progress);
      }
    }
  }

  /**
   * Archives on the web, {@code .tar.gz}, {@code .tar} or {@code .zip}, unpacked into one folder.
   *
   * @param suffix of the files to take, by their plain names; empty: all, in their folders
   */
  record WebArchives(List<RemoteFile> archives, Optional<String> suffix) implements Source {
    public WebArchives {
      archives = List.copyOf(archives);
    }

    @Override
    public String where() {
      return archives.getFirst().uri().toString();
    }

    @Override
    public boolean hasDigests() {
      return true;
    }

    @Override
    public void fetch(Path folder, Downloads downloads, Consumer<String> progress)
        throws IOException {
      for (RemoteFile archive : archives) {
        Path file = downloads.http().fetch(archive, folder.resolve("archive"), progress);
        progress.accept("unpacking " + file.getFileName());
        Placement placement =
            suffix
                .map(end -> Placement.plainNames(name -> name.endsWith(end)))
                .orElse(Placement.TREE);
        if (Unpacking.archive(file, folder, placement).isEmpty()) {
          throw new IOException(
              "%s holds no file *%s".formatted(file.getFileName(), suffix.orElse("")));
        }
      }
    }
  }
}
