package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.IdlePart;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.Event;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {

  @TempDir private Path folder;
  private @Nullable IdlePart api;

  @AfterEach
  void endApi() {
    if (api != null) {
      api.close();
    }
  }

  private static Feed.News until(Feed feed, List<Event> events, Predicate<Feed.News> wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() < deadline) {
      Feed.News news = feed.next();
      events.addAll(news.fresh());
      if (wanted.test(news)) {
        return news;
      }
    }
    throw new AssertionError("nothing of the kind within 30 s");
  }

  @Test
  void goesOnWithAServerThatCameBackElsewhereAndTellsNoEventTwice() throws Exception {
    Home home = new Home(folder).prepare();
    List<Event> told = new ArrayList<>();
    EmbeddedStore first = EmbeddedStore.open(home.storeFile(), 0);
    try (Store store = Store.connect(first.uri())) {
      StoredExamples.insertAll(store);
      store.events().append(StoredExamples.RUNNING, "one", "test", "one", "");
    }
    api = IdlePart.of(home);
    StoreAccessTest.record(home, first.uri(), api);
    try (Feed feed = Feed.start(home, StoredExamples.RUNNING, "test")) {
      until(feed, told, news -> news.view() != null);
      first.close();
      try (EmbeddedStore second = EmbeddedStore.open(home.storeFile(), 0)) {
        goOn(home, second);
        until(
            feed,
            told,
            news -> news.view() != null && news.view().state() == ExperimentState.PAUSED);
      }
    }
    assertThat(told).extracting(Event::text).containsExactly("one", "two");
  }

  private void goOn(Home home, EmbeddedStore served) throws IOException {
    try (Store store = Store.connect(served.uri())) {
      store.events().append(StoredExamples.RUNNING, "two", "test", "two", "");
      store.experiments().updateState(StoredExamples.RUNNING, ExperimentState.PAUSED, null);
    }
    StoreAccessTest.record(home, served.uri(), Objects.requireNonNull(api));
  }

  @Test
  void whereNothingRunsItSaysWhatWouldGoOn() throws Exception {
    Home home = new Home(folder).prepare();
    try (StoreAccess access = StoreAccess.open(home, "test")) {
      StoredExamples.insertAll(access.store());
    }
    try (Feed feed = Feed.start(home, StoredExamples.RUNNING, "test")) {
      Feed.News news = until(feed, new ArrayList<>(), each -> each.view() != null);
      assertThat(news.trouble()).isEqualTo("Nothing runs in this home now. To go on: espalier up");
    }
  }
}
