package dev.espalier.cli.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.view.Examples;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import org.junit.jupiter.api.Test;

class PlainCardTest {
  @Test
  void showsWhatEveryResultHasOfAMethodThatHasNoCardOfItsOwn() {
    MethodCard card = MethodCard.of("another");

    assertThat(
            card.lines(Examples.completed(), "in ──▶ out", new Places(null, null), Style.plain()))
        .contains("  in ──▶ out", "  " + Examples.CELL, "  test accuracy   51.80 %")
        .anyMatch(line -> line.startsWith("  digest"));
    assertThat(card.rounds(Examples.running(), Examples.running().stages().get(1))).hasSize(3);
  }
}
