package dev.espalier.api.launch;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which data sets can be named in a specification: what was imported, and what can be fetched. */
public final class KnownData {
  private static final List<String> FETCHABLE =
      List.of(
          "fashion-mnist", "cifar10", "cifar100", "mnist", "svhn", "fgvc-aircraft", "oxford-pets");

  private KnownData() {}

  /** The images that are fetched where a specification names them. */
  public static List<String> fetchable() {
    return FETCHABLE;
  }

  /** What is wrong with the name of a data set, in words; empty if nothing is. */
  public static Optional<String> problem(Store store, String name) {
    if (store.datasets().byName(name).isPresent() || FETCHABLE.contains(name)) {
      return Optional.empty();
    }
    List<String> imported =
        store.datasets().list().stream()
            .filter(dataset -> dataset.kind().equals(DatasetDocument.IMAGES))
            .map(DatasetDocument::name)
            .toList();
    List<String> all = new ArrayList<>(imported);
    all.addAll(FETCHABLE);
    return Optional.of(
        ("data: there is no data set %s.%s Imported are: %s; can be fetched: %s. Run: "
                + "espalier data import PATH --format F --name %s")
            .formatted(
                name,
                DidYouMean.sentence(name, all),
                imported.isEmpty() ? "none yet" : String.join(", ", imported),
                String.join(", ", FETCHABLE),
                name));
  }

  /** What is wrong with the name of a table, in words; empty if nothing is. */
  private static Optional<String> tableProblem(Store store, String name) {
    List<String> imported =
        store.datasets().list().stream()
            .filter(dataset -> dataset.kind().equals(DatasetDocument.TABLE))
            .map(DatasetDocument::name)
            .toList();
    if (imported.contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        "evaluation.table: there is no table %s.%s Imported are: %s. Run: espalier data import FILE --name %s"
            .formatted(
                name,
                DidYouMean.sentence(name, imported),
                imported.isEmpty() ? "none yet" : Remarks.some(imported),
                name));
  }

  /** The problems of a specification, and what is wrong with its data set and table beside them. */
  public static InvalidInput withData(
      InvalidInput invalid, Store store, String specification, Map<String, String> sets) {
    List<String> problems = new ArrayList<>(invalid.problems());
    SpecificationReader.dataIn(specification, sets)
        .filter(name -> problems.stream().noneMatch(problem -> problem.contains("data must be")))
        .flatMap(name -> problem(store, name))
        .ifPresent(problems::add);
    SpecificationReader.tableIn(specification, sets)
        .filter(
            name -> problems.stream().noneMatch(problem -> problem.contains("evaluation.table")))
        .flatMap(name -> tableProblem(store, name))
        .ifPresent(problems::add);
    return new InvalidInput(problems);
  }
}
