package dev.espalier.store.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderArchiveTest {
  @TempDir private Path folder;

  @Test
  void the_same_files_are_the_same_bytes_and_come_back_as_they_were() throws IOException {
    Files.createDirectories(folder.resolve("a/b/empty"));
    Files.writeString(folder.resolve("a/b/one"), "1");
    Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\n");
    byte[] first = FolderArchive.pack(FolderArchive.files(folder), 1 << 20);
    Files.setLastModifiedTime(folder.resolve("a/b/one"), FileTime.fromMillis(0));
    assertThat(FolderArchive.pack(FolderArchive.files(folder), 1 << 20)).isEqualTo(first);

    Path other = folder.resolve("other");
    FolderArchive.unpack(first, other);
    assertThat(FolderArchive.pack(FolderArchive.files(other), 1 << 20)).isEqualTo(first);
    byte[] commented = FolderArchive.withComment(first, "the last one");
    assertThat(commented).isNotEqualTo(first);
    assertThat(FolderArchive.names(commented)).isEqualTo(FolderArchive.names(first));
    Path file = Files.write(folder.resolve("commented.zip"), commented);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.getComment()).isEqualTo("the last one");
    }
    assertThat(other.resolve("run.sh")).isExecutable();
    assertThat(other.resolve("a/b/empty")).isEmptyDirectory();
  }

  @Test
  void more_than_is_allowed_and_paths_that_lead_out_are_refused() throws IOException {
    Files.write(folder.resolve("large"), new byte[2000]);
    assertThatThrownBy(() -> FolderArchive.pack(FolderArchive.files(folder), 1000))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("large");

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../out"));
      zip.closeEntry();
    }
    assertThatThrownBy(() -> FolderArchive.unpack(bytes.toByteArray(), folder.resolve("in")))
        .isInstanceOf(InvalidInput.class);
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
