package dev.espalier.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal that understands what {@link LiveScreen} sends: what a person would see. */
final class FakeTerminal {

  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[([?0-9;]*)([A-Za-z])");

  private final int columns;
  private final List<StringBuilder> rows = new ArrayList<>();
  private boolean wraps = true;
  private int row;
  private int column;

  FakeTerminal(int columns) {
    this.columns = columns;
  }

  void write(String output) {
    Matcher sequence = SEQUENCE.matcher(output);
    int i = 0;
    while (i < output.length()) {
      if (sequence.region(i, output.length()).lookingAt()) {
        obey(sequence.group(1), sequence.group(2));
        i = sequence.end();
      } else {
        int character = output.codePointAt(i);
        print(character);
        i += Character.charCount(character);
      }
    }
  }

  private void obey(String arguments, String command) {
    switch (command) {
      case "A" -> row = Math.max(0, row - Integer.parseInt(arguments));
      case "K" -> cut(current());
      case "J" -> {
        cut(current());
        while (rows.size() > row + 1) {
          rows.removeLast();
        }
      }
      case "h" -> wraps |= arguments.equals("?7");
      case "l" -> wraps &= !arguments.equals("?7");
      case "m" -> {}
      default -> throw new IllegalArgumentException("unknown sequence " + arguments + command);
    }
  }

  private void print(int character) {
    switch (character) {
      case '\r' -> column = 0;
      case '\n' -> {
        row++;
        column = 0;
      }
      default -> {
        if (column == columns && wraps) {
          row++;
          column = 0;
        }
        StringBuilder line = current();
        int at = Math.min(column, columns - 1);
        while (line.length() <= at) {
          line.append(' ');
        }
        line.setCharAt(at, (char) character);
        column = Math.min(wraps ? columns : columns - 1, column + 1);
      }
    }
  }

  private void cut(StringBuilder line) {
    line.setLength(Math.min(line.length(), column));
  }

  private StringBuilder current() {
    while (rows.size() <= row) {
      rows.add(new StringBuilder());
    }
    return rows.get(row);
  }

  /** What stands on the screen, without blanks at the ends of lines and empty lines at the end. */
  String screen() {
    StringBuilder text = new StringBuilder();
    rows.forEach(line -> text.append(line.toString().stripTrailing()).append('\n'));
    return text.toString().stripTrailing() + "\n";
  }
}
