package dev.espalier.api.launch;

import dev.espalier.search.method.HasPrerequisites;
import dev.espalier.search.method.LearnsFromTasks;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.UsesModels;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.Store;
import dev.espalier.store.TaskCatalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets an experiment begin with making what it needs, where nothing of that kind is here and
 * nothing is named: its specification says so from then on.
 */
final class MadeFirst {
  private static final String PRESET = "quick";

  private final Store store;

  MadeFirst(Store store) {
    this.store = store;
  }

  /** The specification of a text, with all that has to be made first. */
  Specification specification(String yamlOrJson, Map<String, String> sets) {
    Map<String, String> all = new LinkedHashMap<>(sets);
    while (true) {
      Specification specification = SpecificationReader.read(yamlOrJson, all);
      Optional<String> path =
          specification instanceof HasPrerequisites open
              ? open.offer()
                  .filter(offer -> isLacking(offer.by()))
                  .map(HasPrerequisites.Offer::path)
              : Optional.empty();
      if (path.isEmpty()) {
        return specification;
      }
      all.put(path.get() + ".preset", PRESET);
    }
  }

  /** Whether nothing of what it needs is here; where some of it is, the launch says what is not. */
  private boolean isLacking(Specification specification) {
    return switch (specification) {
      case UsesModels using -> {
        List<String> kinds = using.needs().stream().map(UsesModels.Need::kind).toList();
        yield store.models().list().stream()
            .noneMatch(
                model -> kinds.contains(model.kind()) && model.space().equals(using.space()));
      }
      case LearnsFromTasks learning -> !new TaskCatalogue(store).hasDatabases(learning.space());
      default -> false;
    };
  }

  /** What is made first, and how long it may take, in words; empty where that is nothing. */
  static Optional<String> inWords(Specification specification) {
    if (!(specification instanceof HasPrerequisites open) || open.prerequisites().isEmpty()) {
      return Optional.empty();
    }
    List<String> steps =
        open.prerequisites().stream()
            .map(first -> "%s (preset %s)".formatted(first.method(), first.preset()))
            .toList();
    boolean quick = open.prerequisites().stream().allMatch(first -> first.preset().equals(PRESET));
    return Optional.of(
        "What it needs is made first: the stages of %s%s"
            .formatted(
                String.join(", then of ", steps),
                quick ? ", some minutes on two cores; what is done already is reused" : ""));
  }
}
