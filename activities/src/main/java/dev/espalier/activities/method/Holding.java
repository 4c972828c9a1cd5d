package dev.espalier.activities.method;

/** Activities that hold something for as long as their worker lives. */
public interface Holding extends AutoCloseable {
  @Override
  void close();
}
