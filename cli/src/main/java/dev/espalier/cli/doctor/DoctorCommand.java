package dev.espalier.cli.doctor;

import dev.espalier.cli.Main;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.search.canonical.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier doctor}. */
@Command(
    name = "doctor",
    description = {
      "Checks what an installation needs, and says how to mend what is broken.",
      "Exit status 1 if something is."
    })
public final class DoctorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final HomeOption home = new HomeOption();

  @Option(names = "--json", description = "Prints an array of {check, ok, found, mend}.")
  private boolean json;

  @Override
  public Integer call() {
    Home place = home.home();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    List<Finding> findings = new ArrayList<>();
    for (Check check : checks(place)) {
      Finding finding = check.look();
      findings.add(finding);
      if (!json) {
        print(out, finding);
      }
    }
    if (json) {
      out.println(Json.write(findings));
    }
    out.flush();
    return findings.stream().allMatch(Finding::ok) ? Main.OK : Main.FAILURE;
  }

  private static List<Check> checks(Home home) {
    return List.of(
        MachineChecks::jdk,
        () -> MachineChecks.home(home),
        () -> MachineChecks.disk(home),
        () -> MachineChecks.clock(home),
        () -> EngineChecks.engine(home),
        () -> EngineChecks.device(home),
        () -> ServerChecks.temporal(home),
        () -> ServerChecks.store(home),
        () -> ServerChecks.processes(home));
  }

  private static void print(PrintWriter out, Finding finding) {
    out.printf(
        "%-8s %-10s %s%n", finding.ok() ? "ok" : "PROBLEM", finding.check(), finding.found());
    if (!finding.ok()) {
      out.printf("%20smend: %s%n", "", finding.mend());
    }
    out.flush();
  }
}
