package dev.espalier.cli.up;

import dev.espalier.cli.home.HomeOption;
import java.util.concurrent.Callable;
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
      names = "--mongodb",
      paramLabel = "URI",
      description = "A store elsewhere instead of the embedded one.")
  private @Nullable String mongodb;

  @Override
  public Integer call() {
    throw new IllegalStateException(
        "serve %s %d %d %s %s".formatted(home.home(), port, storePort, temporal, mongodb));
  }
}
