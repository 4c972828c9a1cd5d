package dev.espalier.search.trainings.files;

import java.util.Set;
import java.util.function.Consumer;

/** Rows of named values, which can be gone through again. */
interface FlatSource {
  /** For messages. */
  String name();

  /** All names that occur. */
  Set<String> names();

  /** All rows, in their order. */
  void forEach(Consumer<FlatRow> rows);
}
