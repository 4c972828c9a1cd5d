package dev.espalier.search.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputTest {
  @TempDir private Path folder;

  private static String text(byte[] bytes) {
    return Input.of("in", bytes).text();
  }

  private static byte[] zipped(String... files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String file : files) {
        zip.putNextEntry(new ZipEntry(file));
        zip.write("héllo".getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"})
  void textComesInAnyOfTheUsualEncodings(String charset) {
    String text = "arch,välid\n|nor~0|,0.5\n";
    assertThat(text(text.getBytes(Charset.forName(charset)))).isEqualTo(text);
    if (charset.startsWith("UTF")) {
      assertThat(text(("\ufeff" + text).getBytes(Charset.forName(charset)))).isEqualTo(text);
    }
  }

  @Test
  void whatIsCompressedComesUnpacked() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write("plain".getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bzip2)) {
      out.write("plain".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(text(gzip.toByteArray())).isEqualTo("plain");
    assertThat(text(bzip2.toByteArray())).isEqualTo("plain");
    assertThat(text(zipped("a.txt"))).isEqualTo("héllo");
    assertThat(Input.of("in", gzip.toByteArray()).words()).isEqualTo("text, compressed with gzip");
    assertThatThrownBy(() -> text(zipped("a.txt", "b.txt")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("in: is a zip archive of several files");
    byte[] cut = Arrays.copyOf(gzip.toByteArray(), gzip.size() - 9);
    assertThatThrownBy(() -> text(cut)).hasMessageStartingWith("in: truncated");
  }

  @Test
  void whatUnpacksWithoutEndIsGivenUp() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 40; i++) {
        out.write(zeros);
      }
    }
    assertThatThrownBy(() -> Input.of("in", bomb.toByteArray()).bytes(16 << 20))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("in: holds more than 16 MiB, more than anything that belongs here");
  }

  @Test
  void whatIsNoTextIsCalledByItsName() throws IOException {
    assertThatThrownBy(() -> text(new byte[0])).hasMessage("in: is empty");
    assertThatThrownBy(() -> text(new byte[] {(byte) 0x80, 3, '}', 'q', 0, '.'}))
        .hasMessage("in: is a Python pickle, not a text");
    assertThatThrownBy(() -> text(zipped("xl/workbook.xml")))
        .hasMessage("in: is an Excel workbook, not a text");
    assertThatThrownBy(() -> text(zipped("archive/data.pkl")))
        .hasMessage("in: is a file of PyTorch, not a text");
    assertThatThrownBy(() -> text("<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8)))
        .hasMessageStartingWith("in: is a web page");
    assertThatThrownBy(() ->
            text("version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("git lfs pull");
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    assertThatThrownBy(() -> text(tar)).hasMessage("in: is a tar archive, not a text");
  }

  @Test
  void aPathThatLeadsToNothingIsExplained() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("gone.csv"));
    assertThatThrownBy(() -> Input.of("in", link))
        .hasMessage("in: is a link to gone.csv, which is not there");
    assertThatThrownBy(() -> Input.of("in", folder.resolve("no"))).hasMessage("in: does not exist");
    assertThatThrownBy(() -> Input.of("in", folder)).hasMessage("in: is a folder, not a file");
  }
}
