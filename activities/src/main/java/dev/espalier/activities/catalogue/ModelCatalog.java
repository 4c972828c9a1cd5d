package dev.espalier.activities.catalogue;

import dev.espalier.activities.data.FolderLayout;
import dev.espalier.learning.catalogue.CatalogueKinds;
import dev.espalier.learning.catalogue.TensorFile;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.ModelDocument;
import dev.espalier.store.Recorded;
import dev.espalier.store.Store;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The trained models of a store, typed: a model is what its tensors say, whatever its file is
 * called. The same tensors are the same model, whichever format they came in.
 */
public final class ModelCatalog {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
  private static final long LARGEST = 1L << 30;

  private final Store store;
  private final InstantSource clock;

  public ModelCatalog(Store store) {
    this(store, InstantSource.system());
  }

  ModelCatalog(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What is in the store, by name. */
  public List<ModelDocument> stored() {
    return store.models().list();
  }

  /** The model of that name. */
  public ModelDocument named(String name) {
    return store
        .models()
        .byName(name)
        .orElseThrow(() -> {
          List<String> names = stored().stream().map(ModelDocument::name).toList();
          return new InvalidInput(
              "no model is called %s.%s Here are: %s. Import one: espalier model import FILE"
                  .formatted(
                      name,
                      DidYouMean.sentence(name, names),
                      names.isEmpty() ? "none" : String.join(", ", names)));
        });
  }

  /**
   * Imports a file. Nothing is stored unless it is a whole model of a known kind.
   *
   * @param wanted its name from now on; empty for the file's
   * @throws InvalidInput if it is something else, which the message names, or the name is taken
   */
  public ModelDocument importFrom(Path file, Optional<String> wanted) throws IOException {
    String fileName = String.valueOf(file.getFileName());
    String name = wanted.orElseGet(() -> FolderLayout.plain(fileName.replaceFirst("\\.\\w+$", "")));
    requireName(name);
    return keep(name, read(file), Map.of("file", fileName));
  }

  private static TensorFile read(Path file) throws IOException {
    String fileName = String.valueOf(file.getFileName());
    if (Files.isDirectory(file)) {
      throw new InvalidInput(
          "%s is a folder: give the file of a model, written by torch.save or as safetensors"
              .formatted(file));
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw new InvalidInput(
            "%s has %,d bytes, more than any model that belongs here (%,d)"
                .formatted(fileName, Files.size(file), LARGEST));
      }
      return TensorFile.read(fileName, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new InvalidInput("%s is not there".formatted(file), e);
    }
  }

  /**
   * Puts a model that was trained here into the catalogue, or finds it there. Its name is the
   * wanted one; where another model has that, with a part of the digest behind it.
   *
   * @param origin its lineage: experiment, stage, epoch
   */
  public ModelDocument keepTrained(String wanted, TensorFile file, Map<String, String> origin) {
    String digest = digest(file);
    boolean taken =
        store.models().byName(wanted).filter(other -> !other.digest().equals(digest)).isPresent();
    String name = taken ? wanted + "-" + digest.substring(0, 8) : wanted;
    return keep(name, new TensorFile(ModelDocument.TRAINED, file.tensors(), file.texts()), origin);
  }

  private String digest(TensorFile file) {
    return store.artifacts().put(file.canonical(), "model", Map.of());
  }

  private ModelDocument keep(String name, TensorFile file, Map<String, String> origin) {
    CatalogueKinds.Recognised recognised =
        CatalogueKinds.recognise(origin.getOrDefault("file", name), file);
    String digest = digest(file);
    ModelDocument model =
        new ModelDocument(
            digest,
            name,
            recognised.kind().name(),
            recognised.facts().space(),
            recognised.facts().sizes(),
            digest,
            file.format(),
            origin,
            clock.instant());
    if (store.models().put(model) == Recorded.DIFFERENT) {
      throw new InvalidInput(
          ("another model is called %s already: give this one another name by --name, "
                  + "or take that one's away: espalier model remove %s")
              .formatted(name, name));
    }
    return named(name);
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInput(
          ("--name %s will not do, since no specification can name it: use lower-case letters, digits, "
                  + "- and _, at most 63, such as %s")
              .formatted(name, FolderLayout.plain(name)));
    }
  }

  /** The tensors of a model. */
  public TensorFile open(ModelDocument model) {
    return TensorFile.stored(store.artifacts().get(model.artifact()));
  }

  /**
   * Writes a model to a file, which must not be there yet.
   *
   * @param format {@code pytorch} or {@code safetensors}; empty: as the file's name ends
   */
  public void export(String name, Path file, Optional<String> format) throws IOException {
    ModelDocument model = named(name);
    String wanted =
        format.orElseGet(() ->
            file.toString().endsWith(".safetensors") ? TensorFile.SAFETENSORS : TensorFile.PYTORCH);
    byte[] bytes = open(model).encode(wanted);
    try {
      Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new InvalidInput("%s is there already: give another name".formatted(file), e);
    }
  }

  /** Takes a name away; the model stays for the experiments that used it. */
  public void remove(String name) {
    named(name);
    store.models().forget(name);
  }

  /**
   * Refuses a model for what it is.
   *
   * @param kind that is needed
   * @param sizes that it must have, by name; sizes that it does not tell are not asked for
   * @throws InvalidInput that says what it is and what is needed
   */
  public static void require(
      ModelDocument model, String kind, String space, Map<String, String> sizes) {
    if (!model.kind().equals(kind)) {
      throw new InvalidInput(
          "model %s is %s, but %s is needed: see espalier model list"
              .formatted(
                  model.name(), CatalogueKinds.title(model.kind()), CatalogueKinds.title(kind)));
    }
    if (!space.isEmpty() && !model.space().equals(space)) {
      throw new InvalidInput(
          "model %s is about the space %s, but %s is searched: give a model of that space"
              .formatted(model.name(), model.space(), space));
    }
    String other =
        sizes.entrySet().stream()
            .filter(each ->
                model.sizes().containsKey(each.getKey())
                    && !model.sizes().get(each.getKey()).equals(each.getValue()))
            .map(each ->
                "%s %s, not %s"
                    .formatted(each.getKey(), model.sizes().get(each.getKey()), each.getValue()))
            .collect(Collectors.joining("; "));
    if (!other.isEmpty()) {
      throw new InvalidInput("model %s does not fit: it has %s".formatted(model.name(), other));
    }
  }
}
