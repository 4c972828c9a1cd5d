package dev.espalier.search.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What went wrong with a file")
class FileTroubleTest {
  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(
            new IOException("No space left on device"), "the disk is full: make room there"),
        Arguments.of(
            new FileSystemException("/d/x", null, "Read-only file system"),
            "/d/x: it lies on a file system that is read-only"),
        Arguments.of(
            new FileSystemException("/d/x", null, "Disk quota exceeded"),
            "/d/x: the quota of this user is used up: make room there"),
        Arguments.of(
            new FileSystemException("/d/x", null, "Too many open files"),
            "/d/x: this user may open no more files at once: raise the limit (ulimit -n 4096)"),
        Arguments.of(
            new FileSystemException("/d/x/y", null, "Not a directory"),
            "/d/x/y: a file is in the way where a folder must be: move it away"),
        Arguments.of(new AccessDeniedException("/d/x"), "/d/x: this user may not"),
        Arguments.of(
            new FileAlreadyExistsException("/d/x"), "/d/x: something is in the way: move it away"),
        Arguments.of(
            new NotDirectoryException("/d/x"),
            "/d/x: a file is in the way where a folder must be: move it away"),
        Arguments.of(new NoSuchFileException("/d/x"), "/d/x: it is not there"),
        Arguments.of(new IOException("frobnicated"), "frobnicated"),
        Arguments.of(new IOException(), "it cannot be read or written"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("troubles")
  void isSaidAsWhatItIs(IOException trouble, String words) {
    assertThat(FileTrouble.inWords(trouble)).isEqualTo(words);
  }

  @Test
  void tellsWantOfRoomFromOtherTroubles() {
    assertThat(FileTrouble.isFull(new FileSystemException("x", null, "No space left on device")))
        .isTrue();
    assertThat(FileTrouble.isFull(new AccessDeniedException("x"))).isFalse();
  }

  @Test
  void ofAFullDiskNamesWhatIsFreeAndWhatIsNeeded() {
    assertThat(new DiskFull("/d/store", (31L << 20) + 5, (50L << 20) - 5))
        .hasMessage(
            "31 MB are free on the disk of /d/store, and 50 MB are needed: make room there");
  }

  @Test
  void tellsOfALinkThatLeadsNowhere(@TempDir Path folder) throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    assertThat(FileTrouble.inWords(new FileAlreadyExistsException(link.toString())))
        .isEqualTo(link + ": it is a link that leads nowhere: mend it, or move it away");
  }
}
