package dev.espalier.cli.up;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** Tells a person what happens, one line each, with the time of day. */
final class Announcer implements Consumer<String> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private final PrintWriter out;

  Announcer(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void accept(String message) {
    out.println(LocalTime.now(ZoneId.systemDefault()).format(TIME) + " " + message);
    out.flush();
  }
}
