package dev.espalier.search.meta;

import dev.espalier.search.canonical.CanonicalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes a {@link MetaDatabase} row by row: first all tasks, then all rows, then {@link #close}.
 */
public final class MetaDatabaseWriter implements AutoCloseable {
  private final OutputStream out;
  private final Set<String> names = new HashSet<>();
  private int tasks;
  private int rows;

  /** Takes the stream over. */
  public MetaDatabaseWriter(OutputStream out, MetaHeader header) throws IOException {
    this.out = out;
    line(new MetaDatabase.First(MetaDatabase.FORMAT, header));
  }

  /** Adds a task, which is given the next number. */
  public void task(MetaTask task) throws IOException {
    if (rows > 0) {
      throw new IllegalStateException("tasks come before rows");
    }
    if (!names.add(task.name())) {
      throw new IllegalArgumentException("two tasks are called " + task.name());
    }
    line(task);
    tasks++;
  }

  public void row(MetaRow row) throws IOException {
    if (row.task() >= tasks) {
      throw new IllegalArgumentException(
          "a row names task %d, but there are %d".formatted(row.task(), tasks));
    }
    line(row);
    rows++;
  }

  private void line(Object value) throws IOException {
    out.write((CanonicalJson.of(value) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the last line, by which a whole database is told from one that was cut short. */
  @Override
  public void close() throws IOException {
    try (out) {
      line(Map.of("rows", rows, "tasks", tasks));
    }
  }
}
