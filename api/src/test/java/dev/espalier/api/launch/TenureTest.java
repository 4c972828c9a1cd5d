package dev.espalier.api.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Lease;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Temporals on one store: one of them runs its experiments. */
final class TenureTest {
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir Path folder;
  private EmbeddedStore embedded;
  private Store store;

  @BeforeEach
  void open() {
    embedded = EmbeddedStore.open(folder.resolve("store.h2"), 0);
    store = Store.connect(embedded.uri());
  }

  @AfterEach
  void close() {
    store.close();
    embedded.close();
  }

  private Tenure of(String namespace, Duration silence) {
    return new Tenure(store, () -> namespace, "at " + namespace, false, () -> {}, silence);
  }

  @Test
  void aSecondTemporalIsRefusedAsSoonAsTheFirstIsHeard() {
    Tenure first = of("one", NEVER);
    assertThat(first.renew()).isTrue();
    Tenure second = of("two", NEVER);
    assertThat(second.renew()).isFalse();

    assertThat(first.renew()).isTrue();
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(second::renew)
        .withMessageContaining("at one")
        .withMessageContaining("--temporal");
    assertThat(second.isHeld()).isFalse();
  }

  @Test
  void aSilentOneIsSucceededAndToldSoWhenItWakes() {
    Tenure first = of("one", NEVER);
    first.renew();
    Tenure second = of("two", Duration.ZERO);
    second.renew();
    assertThat(second.renew()).isTrue();

    assertThat(first.renew()).isFalse();
    assertThat(first.isHeld()).isFalse();
    second.renew();
    assertThatExceptionOfType(Refused.class).isThrownBy(first::renew);
  }

  @Test
  void anotherProcessOfTheSameTemporalShares() {
    Tenure first = of("one", NEVER);
    Tenure beside = of("one", NEVER);
    assertThat(first.renew()).isTrue();
    assertThat(beside.renew()).isTrue();

    first.close();
    assertThat(store.lease().find()).isEmpty();
    assertThat(beside.renew()).isTrue();
    assertThat(store.lease().find().map(Lease.Held::namespaceId)).contains("one");
  }

  @Test
  void aTemporalWhoseDatabaseWasLostIsTheSamePlaceUnderAnotherName() {
    AtomicReference<String> namespace = new AtomicReference<>("one");
    Tenure tenure = new Tenure(store, namespace::get, "here", false, () -> {}, NEVER);
    tenure.renew();
    namespace.set("one, anew");
    assertThat(tenure.renew()).isTrue();
    assertThat(store.lease().find().map(Lease.Held::namespaceId)).contains("one, anew");
  }

  @Test
  void whoHasTheStoreAloneWaitsForNobody() {
    of("one", NEVER).renew();
    Tenure alone = new Tenure(store, () -> "two", "here", true, () -> {}, NEVER);
    assertThat(alone.renew()).isTrue();
  }

  @Test
  void aNamespaceThatIsNotThereIsRefused() {
    Tenure nowhere =
        new Tenure(
            store,
            () -> {
              throw new InvalidInput("no such namespace");
            },
            "here",
            false,
            () -> {},
            NEVER);
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(nowhere::renew)
        .withMessageContaining("no such namespace");
  }
}
