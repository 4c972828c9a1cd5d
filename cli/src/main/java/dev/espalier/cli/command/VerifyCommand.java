package dev.espalier.cli.command;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier verify}. */
@Command(
    name = "verify",
    description = {
      "Reads all that the store holds: documents, artifacts, the digests of completed experiments.",
      "Says what is not as it was written, and what to do; exit status 1 if there is anything."
    },
    footer = {"", "Example:", "  espalier verify --json"})
public final class VerifyCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Home place = home.home();
    try (StoreAccess access = StoreAccess.open(place, "verify")) {
      StoreVerification found = StoreVerification.of(access.store(), place);
      if (json) {
        output.json(found);
      } else {
        output.lines(found.lines());
      }
      return found.problems().isEmpty() ? 0 : 1;
    }
  }
}
