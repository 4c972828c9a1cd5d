package dev.espalier.cli.command;

import dev.espalier.activities.catalogue.ModelCatalog;
import dev.espalier.api.catalogue.ModelView;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.view.ModelTable;
import dev.espalier.store.ModelDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier model}. */
@Command(
    name = "model",
    description = {
      "The trained models of this home.",
      "Generators and predictors of MetaD2A, weights of encoders, supernets. What a",
      "file holds is told by its tensors, not by its name."
    },
    subcommands = {
      ModelCommand.ImportModel.class,
      ModelCommand.ListModels.class,
      ModelCommand.ShowModel.class,
      ModelCommand.ExportModel.class,
      ModelCommand.RemoveModel.class
    },
    synopsisSubcommandLabel = "import | list | show | export | remove",
    footer = {"", "Example:", "  espalier model import ckpt_400.pt"})
public final class ModelCommand {

  /** {@code espalier model import}. */
  @Command(
      name = "import",
      sortOptions = false,
      description = {
        "Imports a model: a state dict that torch.save wrote, or safetensors.",
        "The same tensors are the same model, whichever file they come from."
      },
      footer = {
        "",
        "Examples:",
        "  espalier model import ckpt_400.pt",
        "  espalier model import ckpt_max_corr.pt --name published-predictor"
      })
  static final class ImportModel implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "*.pt, *.pth or *.safetensors.")
    private Path file = Path.of("");

    @Option(
        names = "--name",
        paramLabel = "N",
        description = "Its name from now on (default: the file's).")
    private @Nullable String name;

    @Option(names = "--json", description = "Print the model as a JSON object.")
    private boolean json;

    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
      ModelDocument model;
      try (StoreAccess access = StoreAccess.open(home.home(), "model import")) {
        model = new ModelCatalog(access.store()).importFrom(file, Optional.ofNullable(name));
      }
      if (json) {
        output.json(ModelView.of(model));
      } else {
        output.line(
            "%s: %s%s"
                .formatted(
                    model.name(),
                    model.kind(),
                    model.space().isEmpty() ? "" : " for " + model.space()));
      }
      return 0;
    }
  }

  /** {@code espalier model list}. */
  @Command(
      name = "list",
      description = "Lists the models that are here.",
      footer = {"", "Example:", "  espalier model list --json"})
  static final class ListModels implements Callable<Integer> {
    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Option(names = "--json", description = "Print them as a JSON array.")
    private boolean json;

    @Override
    public Integer call() {
      try (StoreAccess access = StoreAccess.open(home.home(), "model list")) {
        ModelCatalog catalog = new ModelCatalog(access.store());
        if (json) {
          output.json(catalog.stored().stream().map(ModelView::of).toList());
        } else {
          output.lines(ModelTable.lines(catalog.stored(), output.style()));
        }
      }
      return 0;
    }
  }

  /** {@code espalier model show}. */
  @Command(
      name = "show",
      description = "Shows what is known of a model, and where it comes from.",
      footer = {"", "Example:", "  espalier model show ckpt-400"})
  static final class ShowModel implements Callable<Integer> {
    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "The model, see: espalier model list")
    private String name = "";

    @Option(names = "--json", description = "Print the model as a JSON object.")
    private boolean json;

    @Override
    public Integer call() {
      try (StoreAccess access = StoreAccess.open(home.home(), "model show")) {
        ModelDocument model = new ModelCatalog(access.store()).named(name);
        if (json) {
          output.json(ModelView.of(model));
        } else {
          output.lines(ModelTable.lines(model));
        }
      }
      return 0;
    }
  }

  /** {@code espalier model export}. */
  @Command(
      name = "export",
      sortOptions = false,
      description = "Writes a model to a file, in the published layout.",
      footer = {"", "Example:", "  espalier model export metad2a-generator ckpt.pt"})
  static final class ExportModel implements Callable<Integer> {
    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Must not be there yet.")
    private Path file = Path.of("");

    @Option(
        names = "--format",
        paramLabel = "F",
        description = "pytorch or safetensors (default: as the file's name ends).")
    private @Nullable String format;

    @Override
    public Integer call() throws IOException {
      try (StoreAccess access = StoreAccess.open(home.home(), "model export")) {
        new ModelCatalog(access.store()).export(name, file, Optional.ofNullable(format));
      }
      output.line("%s: written to %s".formatted(name, file));
      return 0;
    }
  }

  /** {@code espalier model remove}. */
  @Command(
      name = "remove",
      description = {"Takes a model's name away. Experiments that used the model keep it."},
      footer = {"", "Example:", "  espalier model remove ckpt-400"})
  static final class RemoveModel implements Callable<Integer> {
    @Mixin private final HomeOption home = new HomeOption();
    @Mixin private final Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "The model, see: espalier model list")
    private String name = "";

    @Override
    public Integer call() {
      try (StoreAccess access = StoreAccess.open(home.home(), "model remove")) {
        new ModelCatalog(access.store()).remove(name);
      }
      output.line("%s: no longer called so".formatted(name));
      return 0;
    }
  }
}
