package dev.espalier.api.launch;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.method.DrawsTasks;
import dev.espalier.search.method.HasPrerequisites;
import dev.espalier.search.method.LearnsFromTasks;
import dev.espalier.search.method.MeasuresIndicators;
import dev.espalier.search.method.SamplesArchitectures;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.TrainsNetworks;
import dev.espalier.search.method.UsesModels;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import dev.espalier.store.TaskCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a specification, its data set and its table go together: what an experiment would only
 * find out later, and could not mend then.
 */
final class LaunchChecks {
  private static final String ACCURACIES = "accuracies";

  /** Formats of tables that keep all trainings are called after the space of their cells. */
  private static final List<String> OF_TRAININGS = List.of("nas-bench-101");

  /** Of data that have yet to be fetched: networks for more are larger. */
  private static final int FEWEST_CLASSES = 2;

  private final Store store;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param before problems that are known already, told with the others
   */
  LaunchChecks(Store store, List<String> before) {
    this.store = store;
    this.problems.addAll(before);
  }

  /**
   * The data set under the specification's name; empty where it has yet to be fetched.
   *
   * @throws InvalidInput with everything that is wrong with data and table
   */
  Optional<DatasetDocument> checkedData(Specification specification) {
    Optional<DatasetDocument> data = Optional.empty();
    if (specification.needsImages()) {
      KnownData.problem(store, specification.data()).ifPresent(problems::add);
      data = store.datasets().byName(specification.data());
      data.ifPresent(dataset -> checkImages(specification, dataset));
    }
    if (!specification.table().isEmpty()) {
      checkTable(specification, data);
    } else if (!specification.policy().isEmpty()) {
      problems.add(
          "evaluation.policy (%s) chooses among the trainings of a table, but evaluation.table names none"
              .formatted(specification.policy()));
    }
    if (specification instanceof SamplesArchitectures sampling) {
      int classes =
          specification.needsImages()
              ? data.map(DatasetDocument::classes).orElse(FEWEST_CLASSES)
              : sampling.classesWithoutImages();
      problems.addAll(sampling.unreachable(classes));
    }
    if (specification instanceof UsesModels using) {
      problems.addAll(new ModelChecks(store).problems(using));
    }
    if (specification instanceof HasPrerequisites open && !open.prerequisites().isEmpty()) {
      checkFirst(open);
    } else if (specification instanceof LearnsFromTasks learning) {
      checkSources(learning);
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return data;
  }

  private void checkSources(LearnsFromTasks specification) {
    try {
      new TaskCatalogue(store).find(specification);
    } catch (InvalidInput e) {
      problems.addAll(e.problems());
    }
  }

  /** What is made first goes by the same rules. */
  private void checkFirst(HasPrerequisites specification) {
    for (Specification first : specification.prerequisites()) {
      try {
        new LaunchChecks(store, List.of()).checkedData(first);
      } catch (InvalidInput e) {
        e.problems()
            .forEach(
                problem -> problems.add("%s, made first: %s".formatted(first.method(), problem)));
      }
    }
  }

  private void checkImages(Specification specification, DatasetDocument data) {
    if (!data.kind().equals(DatasetDocument.IMAGES)) {
      if (!data.kind().equals(DatasetDocument.TABLE)) {
        problems.add(
            "data: %s is %s, not a set of images: name images with --data"
                .formatted(data.name(), data.words()));
        return;
      }
      problems.add(
          ("data: %s is a table of accuracies, not a set of images: name it with evaluation.table, and images "
                  + "with --data")
              .formatted(data.name()));
      return;
    }
    if (specification instanceof MeasuresIndicators measuring) {
      int wanted = measuring.indicators().regions().imageSize();
      int side = Math.min(data.height(), data.width());
      if (wanted > side) {
        problems.add(
            ("data: the images of %s are %d x %d, but regions are counted on crops of %d x %d: "
                    + "import them with --image-size 32")
                .formatted(data.name(), data.height(), data.width(), wanted, wanted));
      }
    }
    if (specification instanceof TrainsNetworks) {
      PartSizes.problem(store, data).ifPresent(problems::add);
    }
    if (specification instanceof DrawsTasks drawing) {
      checkTasks(drawing, data);
    }
    if (specification instanceof UsesModels using && using.drawn().ofClass() > 0) {
      checkSets(using.drawn(), data);
    }
  }

  /** Models are shown sets of images: some of each class, of two at least. */
  private void checkSets(UsesModels.Drawn drawn, DatasetDocument data) {
    if (data.classes() < 2) {
      problems.add(
          "data: %s has %d class: sets of images are told apart by two classes at least, a folder of images each"
              .formatted(data.name(), data.classes()));
    }
    checkOfClass(drawn.setting(), drawn.ofClass(), data);
  }

  private void checkOfClass(String setting, int wanted, DatasetDocument data) {
    List<String> few = wanted == 0 ? List.of() : PartSizes.classesBelow(store, data, wanted);
    if (!few.isEmpty()) {
      problems.add(
          ("data: %s asks for %,d training images of each class, but %s has fewer of %s: ask for fewer, or "
                  + "import more")
              .formatted(setting, wanted, data.name(), Remarks.some(few)));
    }
  }

  private void checkTasks(DrawsTasks specification, DatasetDocument data) {
    if (data.classes() < specification.classesOfTask()) {
      problems.add(
          "data: %s has %d class%s, but a task is to have %d: set search.classes to %s"
              .formatted(
                  data.name(),
                  data.classes(),
                  data.classes() == 1 ? "" : "es",
                  specification.classesOfTask(),
                  data.classes() < 2
                      ? "2, and give images of more classes"
                      : data.classes() + " at most"));
    }
    checkOfClass("features.imagesPerClass", specification.imagesOfClass(), data);
  }

  private void checkTable(Specification specification, Optional<DatasetDocument> data) {
    String name = specification.table();
    Optional<DatasetDocument> table =
        store
            .datasets()
            .byName(name)
            .filter(dataset -> dataset.kind().equals(DatasetDocument.TABLE))
            .filter(dataset -> specification.readsTable(dataset.format()));
    if (table.isEmpty()) {
      problems.add(
          ("evaluation.table: there is no table %s that %s can use.%s Run: "
                  + "espalier data import FILE --format %s --name %s")
              .formatted(
                  name,
                  specification.method(),
                  others(specification),
                  specification.tableFormat(),
                  name));
    } else if (OF_TRAININGS.contains(table.get().format())) {
      checkTrainings(specification, table.get());
    } else if (table.get().format().equals(ACCURACIES)) {
      checkPolicy(specification, table.get());
      if (specification instanceof SamplesArchitectures sampling) {
        checkArchitectures(
            sampling,
            table.get(),
            specification.needsImages()
                ? data.map(DatasetDocument::classes)
                : Optional.of(sampling.classesWithoutImages()));
      }
    }
  }

  private void checkPolicy(Specification specification, DatasetDocument table) {
    if (!specification.policy().isEmpty()) {
      problems.add(
          "evaluation.policy: %s has one accuracy for each architecture, so there is nothing to choose: leave it out"
              .formatted(table.name()));
    }
  }

  /** Its cells were checked when it was imported, and there are too many to look at again. */
  private void checkTrainings(Specification specification, DatasetDocument table) {
    if (specification instanceof SamplesArchitectures sampling) {
      if (!sampling.searchSpace().name().equals(table.format())) {
        problems.add(
            ("evaluation.table: %s has cells of the space %s, but %s is searched: give the space of the table with "
                    + "--space, or another table")
                .formatted(table.name(), table.format(), sampling.searchSpace().name()));
      } else if (sampling.architectures() > table.train()) {
        problems.add(
            "%s (%d) is more than table %s has (%d): set %s to %d at most"
                .formatted(
                    sampling.sampleSetting(),
                    sampling.architectures(),
                    table.name(),
                    table.train(),
                    sampling.sampleSetting(),
                    table.train()));
      }
    }
  }

  private String others(Specification specification) {
    List<String> names =
        store.datasets().list().stream()
            .filter(dataset -> dataset.kind().equals(DatasetDocument.TABLE))
            .filter(dataset -> specification.readsTable(dataset.format()))
            .map(DatasetDocument::name)
            .toList();
    return names.isEmpty() ? "" : " Imported are: %s.".formatted(Remarks.some(names));
  }

  private void checkArchitectures(
      SamplesArchitectures specification, DatasetDocument document, Optional<Integer> classes) {
    String name = document.name();
    ArchitectureTable table;
    try (InputStream in = store.artifacts().open(document.artifact())) {
      table = ArchitectureTable.readCsv(name, in);
    } catch (IOException e) {
      throw new UncheckedIOException("table %s cannot be read".formatted(name), e);
    } catch (InvalidInput e) {
      problems.add(
          "evaluation.table: what is stored as %s cannot be read (%s): import the file again"
              .formatted(name, e.problems().getFirst()));
      return;
    }
    List<String> canonical = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (String text : table.architectures()) {
      try {
        String own = specification.searchSpace().parse(text).canonical();
        if (own.equals(text)) {
          canonical.add(text);
        } else {
          wrong.add("\"%s\" is written \"%s\"".formatted(text, own));
        }
      } catch (InvalidInput e) {
        wrong.add(e.problems().getFirst());
      }
    }
    if (!wrong.isEmpty()) {
      problems.add(
          ("evaluation.table: %,d of %,d architectures of %s are none of the space %s, which is searched (the "
                  + "first: %s): give the space of the table with --space, or another table")
              .formatted(
                  wrong.size(),
                  table.size(),
                  name,
                  specification.searchSpace().name(),
                  wrong.getFirst()));
    } else {
      classes.ifPresent(count -> checkCount(specification, name, canonical, count));
    }
  }

  private void checkCount(
      SamplesArchitectures specification, String name, List<String> canonical, int classes) {
    long affordable = canonical.stream().filter(specification.isAffordable(classes)).count();
    if (affordable < specification.architectures()) {
      problems.add(
          "%s (%d) is more than table %s has within the budget (%d): set %s to %d at most"
              .formatted(
                  specification.sampleSetting(),
                  specification.architectures(),
                  name,
                  affordable,
                  specification.sampleSetting(),
                  affordable));
    }
  }
}
