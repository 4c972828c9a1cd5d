package dev.espalier.search.trainings.files;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One training, or what is known of a cell, under names.
 *
 * @param where for messages
 * @param values by name; empty where there is none
 */
record FlatRow(String where, UnaryOperator<String> values) {
  /** The value under one of several names; empty if there is none. */
  String first(List<String> names) {
    for (String name : names) {
      String value = values.apply(name);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
