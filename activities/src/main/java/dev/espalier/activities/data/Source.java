package dev.espalier.activities.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One place where a data set can be had. */
sealed interface Source {
  /** Where, for people. */
  String where();

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
    public void fetch(Path folder, Downloads downloads, Consumer<String> progress)
        throws IOException {
      for (RemoteFile file : files) {
        downloads.http().fetch(file, folder, progress);
      }
    }
  }

  /** A {@code .tar.gz} on the web. */
  record WebArchive(RemoteFile archive, String suffix) implements Source {
    @Override
    public String where() {
      return archive.uri().toString();
    }

    @Override
    public void fetch(Path folder, Downloads downloads, Consumer<String> progress)
        throws IOException {
      Path file = downloads.http().fetch(archive, folder.resolve("archive"), progress);
      if (Unpacking.tarGz(file, folder, name -> name.endsWith(suffix)).isEmpty()) {
        throw new IOException("%s holds no file *%s".formatted(file.getFileName(), suffix));
      }
    }
  }
}
