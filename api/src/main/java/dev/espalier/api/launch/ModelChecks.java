package dev.espalier.api.launch;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.method.UsesModels;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ModelDocument;
import dev.espalier.store.Store;
import dev.espalier.store.TaskCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the trained models that a specification uses are here, and go together. */
final class ModelChecks {
  private static final String FEATURES = "features";

  private final Store store;
  private final List<String> problems = new ArrayList<>();

  ModelChecks(Store store) {
    this.store = store;
  }

  /** All that is wrong. */
  List<String> problems(UsesModels specification) {
    List<ModelDocument> models = new ArrayList<>();
    for (UsesModels.Need need : specification.needs()) {
      Optional<DatasetDocument> data =
          store.models().byName(need.name()).isEmpty()
              ? store.datasets().byName(need.name())
              : Optional.empty();
      if (data.isPresent()) {
        problems.add(
            "%s: %s is %s, not a model (see: espalier model list)"
                .formatted(need.setting(), need.name(), data.get().words()));
        continue;
      }
      try {
        models.add(store.models().find(need, specification.space()));
      } catch (InvalidInput e) {
        problems.addAll(e.problems());
      }
    }
    Optional<String> width =
        models.stream()
            .flatMap(each -> Optional.ofNullable(each.sizes().get(FEATURES)).stream())
            .findFirst();
    checkTogether(models);
    for (UsesModels.Beside beside : specification.beside()) {
      checkBeside(beside, width);
    }
    if (specification.encodesImages()
        && !models.isEmpty()
        && models.size() == specification.needs().size()) {
      checkEncoder(specification, models.getLast());
    }
    return problems;
  }

  private void checkTogether(List<ModelDocument> models) {
    List<ModelDocument> sized =
        models.stream().filter(each -> each.sizes().containsKey(FEATURES)).toList();
    if (sized.stream().map(each -> each.sizes().get(FEATURES)).distinct().count() > 1) {
      problems.add(
          "models: %s do not go together: name models that learned from the same features"
              .formatted(
                  sized.stream()
                      .map(each ->
                          "%s (features of %s numbers)"
                              .formatted(each.name(), each.sizes().get(FEATURES)))
                      .collect(Collectors.joining(" and "))));
    }
  }

  private void checkBeside(UsesModels.Beside beside, Optional<String> widthOfModels) {
    Optional<DatasetDocument> found = store.datasets().byName(beside.name());
    if (found.isEmpty()) {
      List<String> names =
          store.datasets().list().stream()
              .filter(each -> each.kind().equals(beside.kind()))
              .map(DatasetDocument::name)
              .toList();
      problems.add(
          "%s: nothing here is called %s.%s%s Run: espalier data import FILE --format %s --name %s"
              .formatted(
                  beside.setting(),
                  beside.name(),
                  DidYouMean.sentence(beside.name(), names),
                  names.isEmpty() ? "" : " There are: %s.".formatted(Remarks.some(names)),
                  beside.kind(),
                  beside.name()));
      return;
    }
    DatasetDocument document = found.get();
    if (!document.kind().equals(beside.kind())) {
      problems.add(
          "%s: %s is %s, not %s (see: espalier data list)"
              .formatted(
                  beside.setting(),
                  beside.name(),
                  document.words(),
                  DatasetDocument.words(beside.kind())));
    } else if (beside.kind().equals(DatasetDocument.FEATURES)) {
      checkWidth(beside, document, widthOfModels);
    }
  }

  private void checkWidth(
      UsesModels.Beside beside, DatasetDocument document, Optional<String> widthOfModels) {
    if (beside.width() > 0 && document.width() != beside.width()) {
      problems.add(
          "%s: %s has %,d numbers an image, but features.width asks for %,d: set it to %d, or give others"
              .formatted(
                  beside.setting(),
                  beside.name(),
                  document.width(),
                  beside.width(),
                  document.width()));
    }
    widthOfModels
        .filter(width -> !width.equals(Integer.toString(document.width())))
        .ifPresent(width ->
            problems.add(
                "%s: %s has %,d numbers an image, but the models read %s: give features of the models' encoder"
                    .formatted(beside.setting(), beside.name(), document.width(), width)));
  }

  /** Whether images can go through the encoder that the model's own went through. */
  private void checkEncoder(UsesModels specification, ModelDocument model) {
    Optional<DatasetDocument> known =
        Optional.ofNullable(model.origin().get(FEATURES)).flatMap(store.datasets()::byDigest);
    boolean here =
        known
            .flatMap(new TaskCatalogue(store)::encoderWeights)
            .map(store.artifacts()::exists)
            .orElse(false);
    if (!here) {
      problems.add(
          ("models.features: the images that %s learned from went through an encoder whose weights are not here, "
                  + "so that those of %s cannot: name their features by models.features, or let models be made "
                  + "first: --set models.train.preset=quick")
              .formatted(model.name(), specification.data()));
    }
  }
}
