package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.home.Servers;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import dev.espalier.store.program.CommandPolicy;
import dev.espalier.workers.provision.TemporalServer;
import dev.espalier.workflows.client.TemporalNamespace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier up}. */
@Command(
    name = "up",
    description = {
      "Starts all parts on this machine and continues what was running; stays in the foreground.",
      "Ctrl-C or SIGTERM ends it: workers save their checkpoints first."
    })
public final class UpCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final HomeOption home = new HomeOption();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of API and page (default: a free one, kept by the home).")
  private int port;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "How much a worker computes at a time (default: one a core, as far as memory allows).")
  private @Nullable Integer slots;

  @Option(names = "--until-idle", description = "End when no experiment is unfinished.")
  private boolean untilIdle;

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      description = {
        "Use this Temporal server instead of one started here; the home remembers it.",
        "Back to one of its own: --temporal embedded."
      })
  private @Nullable String temporal;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Namespace of Temporal's server (default: default).")
  private @Nullable String namespace;

  @Option(
      names = "--mongodb",
      paramLabel = "URI",
      description = {
        "Use this MongoDB (with its database) instead of the embedded store; the home remembers it.",
        "Back to the embedded store: --mongodb embedded."
      })
  private @Nullable String mongodb;

  @Option(
      names = "--temporal-page",
      description = "Show Temporal's own page, too; its address is said.")
  private boolean temporalPage;

  @Option(
      names = "--no-commands",
      description = "Run no training programs of people's own (evaluation.command).")
  private boolean noCommands;

  /** Ends with whoever began it, and takes its home with it. */
  @Option(names = "--scratch", hidden = true)
  private boolean scratch;

  @Option(names = "--await-work", paramLabel = "SECONDS", hidden = true)
  private int awaitWork;

  @Override
  public Integer call() throws InterruptedException {
    if (noCommands) {
      System.setProperty(CommandPolicy.PROPERTY, CommandPolicy.OFF);
    }
    Home place = home.home();
    Servers servers = servers(place);
    UpOptions options =
        new UpOptions(
            port,
            slots == null ? HeapSize.slots() : slots,
            untilIdle,
            servers.temporal(),
            Objects.requireNonNullElse(servers.namespace(), TemporalNamespace.DEFAULT),
            servers.mongodb(),
            temporalPage,
            Duration.ofSeconds(awaitWork));
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Announcer say = new Announcer(out);
    try (Supervisor supervisor = Supervisor.take(place, options, say)) {
      Thread ender = Thread.ofPlatform().name("end").unstarted(() -> endOnSignal(supervisor, say));
      Runtime.getRuntime().addShutdownHook(ender);
      if (scratch) {
        Thread.ofPlatform()
            .daemon()
            .name("input")
            .start(() -> endWithInput(supervisor, say, place));
      }
      try {
        say.accept("home: " + place);
        tellRemembered(servers, say);
        Path binary =
            servers.temporal() == null ? TemporalServer.find(place.bin(), say).binary() : null;
        try (StartUp parts = new StartUp(supervisor, binary)) {
          parts.run(WorkerPlan.of(place, options.slots()));
          remember(servers, place, say);
          say.accept("all parts are up. Ctrl-C ends them");
          supervisor.run();
        }
        if (!supervisor.isClosing()) {
          say.accept("ending");
        }
      } catch (PartFailed e) {
        if (!supervisor.isClosing()) { // else it was only told to end while it started
          throw e;
        }
      } finally {
        if (supervisor.isClosing()) {
          supervisor.awaitEnd(); // ended by a signal: that thread ends the process
        } else {
          Runtime.getRuntime().removeShutdownHook(ender);
        }
      }
    }
    if (scratch) {
      removeScratch(place);
    }
    return 0;
  }

  /** Whoever began this holds the other end: it closes when that process ends, however it does. */
  private static void endWithInput(Supervisor supervisor, Announcer say, Home place) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // so it is gone
    }
    say.accept("whoever began this has ended: ending");
    supervisor.close();
    removeScratch(place);
    Runtime.getRuntime().halt(0);
  }

  private static void removeScratch(Home place) {
    if (ScratchHome.is(place)) {
      ScratchHome.remove(place.root());
    }
  }

  /** What was asked for, and where nothing was, what the home remembers. */
  private Servers servers(Home place) {
    Servers before = before(place);
    boolean sameServer = temporal == null;
    return new Servers(
        given(mongodb, before.mongodb()),
        given(temporal, before.temporal()),
        namespace == null && sameServer ? before.namespace() : namespace);
  }

  private Servers before(Home place) {
    try {
      return Servers.of(place);
    } catch (InvalidInput torn) {
      if (mongodb == null) {
        throw torn;
      }
      return Servers.NONE; // said anew
    }
  }

  private static @Nullable String given(@Nullable String option, @Nullable String before) {
    if (option == null) {
      return before;
    }
    return option.equalsIgnoreCase(Servers.EMBEDDED) ? null : option;
  }

  private void tellRemembered(Servers servers, Announcer say) {
    if (mongodb == null && servers.mongodb() != null) {
      say.accept(
          "store: %s, as before (the embedded one again: --mongodb %s)"
              .formatted(Store.withoutPassword(servers.mongodb()), Servers.EMBEDDED));
    }
    if (temporal == null && servers.temporal() != null) {
      say.accept(
          "temporal: %s, as before (one of its own again: --temporal %s)"
              .formatted(servers.temporal(), Servers.EMBEDDED));
    }
  }

  /** Once every part answers: what was mistyped is not remembered. */
  private static void remember(Servers servers, Home place, Announcer say) {
    try {
      servers.write(place);
    } catch (IOException e) {
      say.accept(
          "%s cannot be written (%s): commands without this up will not find its servers"
              .formatted(place.serversFile(), e.getMessage()));
    }
  }

  /**
   * SIGTERM and SIGINT are the regular way to end `up`: the parts end in order, and the exit status
   * is 0.
   */
  private static void endOnSignal(Supervisor supervisor, Announcer say) {
    say.accept("ending");
    supervisor.close();
    say.accept("ended");
    Runtime.getRuntime().halt(0);
  }
}
