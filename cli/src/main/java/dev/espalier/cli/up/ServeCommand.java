package dev.espalier.cli.up;

import dev.espalier.api.ApiOptions;
import dev.espalier.api.ApiServer;
import dev.espalier.api.launch.Refused;
import dev.espalier.api.upkeep.Backups;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.report.ReportFiles;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workflows.client.TemporalNamespace;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier serve}: the API process of {@code up}, with the embedded store. */
@Command(
    name = "serve",
    hidden = true,
    description = "Runs API and page, and the embedded store; `up` starts it.")
public final class ServeCommand implements Callable<Integer> {
  @Mixin private final HomeOption home = new HomeOption();

  @Option(
      names = "--port",
      required = true,
      paramLabel = "N",
      description = "Loopback port of API and page.")
  private int port;

  @Option(
      names = "--store-port",
      paramLabel = "N",
      description = "Loopback port of the embedded store.")
  private int storePort;

  @Option(
      names = "--temporal",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Temporal's server.")
  private String temporal = "";

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = TemporalNamespace.DEFAULT,
      description = "Namespace of Temporal's server (default: default).")
  private String namespace = TemporalNamespace.DEFAULT;

  @Option(names = "--own-temporal", description = "That server is this home's own.")
  private boolean ownTemporal;

  /** A store elsewhere; null for the embedded one, whose port is given. */
  private final @Nullable String mongodb = System.getenv(Installation.STORE_URI);

  @Override
  public Integer call() throws InterruptedException {
    Home place = home.home().prepare();
    CountDownLatch told = new CountDownLatch(1);
    AtomicReference<String> refusal = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    try (UntilSignal _ = UntilSignal.closing(() -> tellAndWait(told, ended))) {
      serve(
          place,
          told,
          words -> {
            refusal.set(words);
            told.countDown();
          });
    } finally {
      ended.countDown();
    }
    String words = refusal.get();
    if (words != null) {
      System.err.println(Keeper.REASON + words);
      return Keeper.REFUSED;
    }
    return 0;
  }

  private void serve(Home place, CountDownLatch told, Consumer<String> refused)
      throws InterruptedException {
    if (mongodb != null) {
      serve(place, mongodb, Backups.NONE, told, refused);
    } else {
      try (EmbeddedStore embedded = EmbeddedStore.open(place.storeFile(), storePort)) {
        embedded.news().ifPresent(System.err::println);
        serve(place, embedded.uri(), embedded::backup, told, refused);
      }
    }
  }

  private void serve(
      Home place, String uri, Backups backups, CountDownLatch told, Consumer<String> refused)
      throws InterruptedException {
    boolean alone = mongodb == null;
    try (Store store = Store.connect(uri);
        ApiServer _ =
            ApiServer.start(
                new ApiOptions(
                    "127.0.0.1",
                    port,
                    temporal,
                    namespace,
                    ownTemporal,
                    store,
                    alone,
                    place.root(),
                    new ReportFiles(store, place),
                    refused,
                    System.getenv().getOrDefault("ESPALIER_SECRET", ""),
                    new ScratchHome(place, 0),
                    backups));
        Abandoned _ = Abandoned.watch(place, Unfinished.askStore(store), told::countDown)) {
      told.await();
    } catch (Refused e) {
      refused.accept(e.getMessage());
    }
  }

  private static void tellAndWait(CountDownLatch told, CountDownLatch ended) {
    told.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
