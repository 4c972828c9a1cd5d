package dev.espalier.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.method.MethodCard;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainProgressTest {

  private final PlainProgress progress = new PlainProgress();
  private final Forecast forecast = new Forecast(MethodCard::roundsOf);

  @Test
  void greetsOnceThenTellsEvents() {
    assertThat(
            progress.lines(
                Examples.running(), forecast, Examples.events().subList(0, 1), "http://page", 0))
        .containsExactly(
            "experiment te-nas-7f3k2m: te-nas · nas-bench-201 · cifar10 · quick · seed 0",
            "page http://page",
            "[1:15] Launched by ada");
    assertThat(
            progress.lines(
                Examples.running(), forecast, Examples.events().subList(1, 2), "http://page", 1))
        .containsExactly("[1:15] Stage prepare-data was computed before: its result is reused");
  }

  @Test
  void tellsProgressOnlyAfterSomeSilenceAndOnlyWhenItChanged() {
    progress.lines(Examples.running(), forecast, List.of(), null, 0);

    assertThat(progress.lines(Examples.running(), forecast, List.of(), null, 9)).isEmpty();
    assertThat(progress.lines(Examples.running(), forecast, List.of(), null, 11))
        .containsExactly("[1:15] prune: round 2 of 3 · 33 of 57 measurements");
    assertThat(progress.lines(Examples.running(), forecast, List.of(), null, 30)).isEmpty();
  }
}
