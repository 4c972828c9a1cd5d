package dev.espalier.cli.view;

import dev.espalier.store.Event;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What happened, one line each: when, what, and who, where it was not Espalier itself. */
public final class EventLines {

  private final Style style;
  private final DateTimeFormatter clock;

  public EventLines(Style style, ZoneId zone) {
    this.style = style;
    this.clock = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  public String line(Event event) {
    String line = style.quiet(clock.format(event.at())) + "  " + Plain.line(event.text());
    return event.by().isBlank() ? line : line + style.quiet("  (" + Plain.line(event.by()) + ")");
  }
}
