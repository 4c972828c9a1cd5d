package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.workers.provision.GpuNatives;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * For the launcher: what a worker on a GPU needs in its environment from the start, as shell
 * commands. Installs the libraries if need be; without a driver it says so and ends with 2.
 */
@Command(
    name = "engine-environment",
    hidden = true,
    description = "Prints the environment of a worker on a GPU.")
public final class EngineEnvironmentCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final HomeOption home = new HomeOption();

  @Override
  public Integer call() {
    Home place = home.home().prepare();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    GpuNatives.provide(place.engine(), System.err::println)
        .environment(System.getenv())
        .forEach(
            (name, value) -> out.printf("export %s='%s'%n", name, value.replace("'", "'\\''")));
    out.flush();
    return 0;
  }
}
