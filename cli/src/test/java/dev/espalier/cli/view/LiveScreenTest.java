package dev.espalier.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.method.MethodCard;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveScreenTest {

  private final StringWriter sent = new StringWriter();
  private final LiveScreen screen = new LiveScreen(new PrintWriter(sent));
  private final FakeTerminal terminal = new FakeTerminal(80);

  private String screen() {
    terminal.write(sent.toString());
    sent.getBuffer().setLength(0);
    return terminal.screen();
  }

  @Test
  void aShorterFrameLeavesNothingOfTheOneBefore() {
    terminal.write("$ espalier run te-nas\n");
    screen.show(List.of("a long first line", "second", "third"));
    screen.show(List.of("short", "2"));

    assertThat(screen()).isEqualTo("$ espalier run te-nas\nshort\n2\n");
  }

  @Test
  void aLineWiderThanTheTerminalTakesOneRowAllTheSame() {
    screen.show(List.of("x".repeat(200), "below"));
    screen.show(List.of("y".repeat(200), "below"));

    assertThat(screen()).isEqualTo("y".repeat(80) + "\nbelow\n");
  }

  @Test
  void aLineAsWideAsTheTerminalKeepsItsLastCharacter() {
    screen.show(List.of("x".repeat(79) + "!", "below"));

    assertThat(screen()).isEqualTo("x".repeat(79) + "!\nbelow\n");
  }

  @Test
  void clearingGivesTheRoomBack() {
    terminal.write("before\n");
    screen.show(List.of("one", "two"));
    screen.clear();

    assertThat(screen()).isEqualTo("before\n");
  }

  @Test
  void whatIsShownAtTheEndStays() {
    screen.show(List.of("last frame"));
    screen.close();
    screen.show(List.of("too late"));

    assertThat(screen()).isEqualTo("last frame\n");
  }

  @Test
  void theLiveViewInColourLooksOnTheTerminalAsItDoesPlain() {
    LiveView coloured = new LiveView(Style.ansi(), 80, ZoneOffset.UTC);
    LiveView plain = new LiveView(Style.plain(), 80, ZoneOffset.UTC);
    Forecast forecast = new Forecast(MethodCard::roundsOf);
    screen.show(coloured.lines(Examples.needsAttention(), forecast, List.of(), null, "trouble"));
    screen.show(coloured.lines(Examples.running(), forecast, Examples.events(), null, null));

    assertThat(screen())
        .isEqualTo(
            String.join(
                    "\n", plain.lines(Examples.running(), forecast, Examples.events(), null, null))
                + "\n");
  }
}
