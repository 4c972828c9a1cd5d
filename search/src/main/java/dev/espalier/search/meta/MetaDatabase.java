package dev.espalier.search.meta;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A meta-database in its canonical file, read line by line from where the system maps it: of
 * thousands of tasks no more is in memory than where their lines begin.
 *
 * <p>The file is lines of canonical JSON (RFC 8785): what it is of ({@link MetaHeader}), a line a
 * {@link MetaTask}, a line a {@link MetaRow}, and how many of both there are. Its SHA-256 is the
 * database's digest. The file is let go of when nobody holds the database any more. Safe for
 * several threads.
 */
public final class MetaDatabase {
  static final String FORMAT = "espalier-meta-database/1";
  private static final int LONGEST_LINE = 1 << 24;
  private static final String PURPOSE = "give a meta-database, as espalier data export writes it";

  private final String name;
  private final MemorySegment file;
  private final MetaHeader header;
  private final long[] lines;
  private final int tasks;
  private final int rows;

  /** The first line. */
  record First(String format, @JsonUnwrapped MetaHeader header) {}

  private record Last(int rows, int tasks) {}

  private MetaDatabase(String name, MemorySegment file) {
    this.name = name;
    this.file = file;
    String first = file.byteSize() == 0 ? "" : text(0, end(0));
    if (!first.startsWith("{") || !first.contains(FORMAT)) {
      throw new InvalidInput("%s is no meta-database: %s".formatted(name, PURPOSE));
    }
    this.header = read(first, First.class, 1).header();
    this.lines = lines();
    if (lines.length < 3) {
      throw new InvalidInput(name + " is cut short: copy it again");
    }
    int lastLine = lines.length - 2;
    String last = text(lines[lastLine], lines[lastLine + 1] - 1);
    if (!last.startsWith("{\"rows\":")) {
      throw new InvalidInput(
          "%s is cut short: its last line does not say how many rows there are: copy it again"
              .formatted(name));
    }
    Last counts = read(last, Last.class, lastLine + 1);
    this.tasks = counts.tasks();
    this.rows = counts.rows();
    if (tasks < 0 || rows < 0 || tasks + (long) rows != lastLine - 1) {
      throw new InvalidInput(
          "%s has %,d lines of tasks and rows, but its last line counts %,d and %,d: copy it again"
              .formatted(name, lastLine - 1, tasks, rows));
    }
  }

  /**
   * Opens a database.
   *
   * @param name for messages
   * @throws InvalidInput if it is something else or cut short
   */
  public static MetaDatabase open(String name, Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      return new MetaDatabase(
          name, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    }
  }

  /** Where each line begins, and where the last one ends. */
  private long[] lines() {
    long[] found = new long[1024];
    int count = 0;
    long begin = 0;
    while (begin < file.byteSize()) {
      if (count + 1 == found.length) {
        found = Arrays.copyOf(found, 2 * found.length);
      }
      found[count++] = begin;
      begin = end(begin) + 1;
    }
    found[count] = begin;
    return Arrays.copyOf(found, count + 1);
  }

  /** Where the line that begins there ends: at its line feed, or where the file does. */
  private long end(long begin) {
    long end = begin;
    while (end < file.byteSize() && file.get(ValueLayout.JAVA_BYTE, end) != '\n') {
      if (++end - begin > LONGEST_LINE) {
        throw new InvalidInput("%s is no meta-database: %s".formatted(name, PURPOSE));
      }
    }
    return end;
  }

  private String text(long begin, long end) {
    byte[] bytes = new byte[Math.toIntExact(Math.min(end, file.byteSize()) - begin)];
    MemorySegment.copy(file, ValueLayout.JAVA_BYTE, begin, bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private <T> T line(int number, Class<T> type) {
    return read(text(lines[number], lines[number + 1] - 1), type, number + 1);
  }

  private <T> T read(String json, Class<T> type, int line) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new InvalidInput(
          "%s, line %,d: cannot be read: copy it again".formatted(name, line), e);
    }
  }

  /** What it is of. */
  public MetaHeader header() {
    return header;
  }

  /** How many tasks there are. */
  public int tasks() {
    return tasks;
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** The task of this number, from 0. */
  public MetaTask task(int number) {
    Objects.checkIndex(number, tasks);
    return line(1 + number, MetaTask.class);
  }

  /** The row of this number, from 0. */
  public MetaRow row(int number) {
    Objects.checkIndex(number, rows);
    return line(1 + tasks + number, MetaRow.class);
  }

  /** SHA-256 of the file, lower-case hex. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] part = new byte[1 << 16];
      for (long at = 0; at < file.byteSize(); at += part.length) {
        int length = (int) Math.min(part.length, file.byteSize() - at);
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, at, part, 0, length);
        digest.update(part, 0, length);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
