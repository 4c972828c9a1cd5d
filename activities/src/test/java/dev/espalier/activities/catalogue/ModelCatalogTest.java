package dev.espalier.activities.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.learning.catalogue.TensorFile;
import dev.espalier.learning.meta.AccuracyScale;
import dev.espalier.learning.meta.GeneratorModel;
import dev.espalier.learning.meta.GraphCodings;
import dev.espalier.learning.meta.GraphTopology;
import dev.espalier.learning.meta.MetaPredictorModel;
import dev.espalier.learning.meta.ModelSizes;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.UsesModels;
import dev.espalier.store.ModelDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The catalogue of models")
class ModelCatalogTest {
  private static final GraphTopology CELLS = GraphCodings.of("nas-bench-201").topology();
  private static final ModelSizes SIZES = new ModelSizes(16, 8, 8);

  @TempDir private Path folder;
  private Workbench workbench;
  private ModelCatalog catalog;

  @BeforeEach
  void open() throws Exception {
    workbench = new Workbench(folder);
    catalog = new ModelCatalog(workbench.store());
  }

  @AfterEach
  void close() throws Exception {
    workbench.close();
  }

  private Torch torch() {
    return workbench.equipment().torch();
  }

  private Path generator(String name, boolean asSafetensors) throws Exception {
    try (GeneratorModel model = GeneratorModel.fresh(torch(), CELLS, SIZES, 7)) {
      return Files.write(
          folder.resolve(name), asSafetensors ? model.safetensors() : model.forPyTorch());
    }
  }

  private Path predictor(String name) throws Exception {
    AccuracyScale scale = AccuracyScale.of(0.5, 0.7);
    try (MetaPredictorModel model = MetaPredictorModel.fresh(torch(), CELLS, SIZES, scale, 7)) {
      return Files.write(folder.resolve(name), model.forPyTorch());
    }
  }

  private ModelDocument imported(Path file) throws Exception {
    return catalog.importFrom(file, Optional.empty());
  }

  @Test
  void tellsWhatAFileIsByItsTensors() throws Exception {
    ModelDocument generator = imported(generator("whatever it is.pt", false));
    assertThat(generator.name()).isEqualTo("whatever-it-is");
    assertThat(generator.kind()).isEqualTo("metad2a-generator");
    assertThat(generator.space()).isEqualTo("nas-bench-201");
    assertThat(generator.sizes()).isEqualTo(Map.of("features", "16", "latent", "8", "hidden", "8"));
    assertThat(generator.origin()).isEqualTo(Map.of("file", "whatever it is.pt"));
    assertThat(imported(predictor("p.pt")).kind()).isEqualTo("metad2a-predictor");
  }

  @Test
  void knowsAModelAgainWhicheverFileItComesFrom() throws Exception {
    ModelDocument first = imported(generator("a.pt", false));
    assertThat(imported(generator("a.pt", false))).isEqualTo(first);
    ModelDocument other =
        catalog.importFrom(generator("b.safetensors", true), Optional.of("other"));
    assertThat(other.digest()).isEqualTo(first.digest());
    assertThat(catalog.stored()).extracting(ModelDocument::name).containsExactly("a", "other");
  }

  @Test
  void keepsWhatAPredictorsOutputsMean() throws Exception {
    ModelDocument model = imported(predictor("p.pt"));
    byte[] stored = workbench.store().artifacts().get(model.artifact());
    try (MetaPredictorModel again = MetaPredictorModel.read(torch(), CELLS, "again", stored)) {
      assertThat(again.scale()).isEqualTo(AccuracyScale.of(0.5, 0.7));
    }
  }

  @Test
  void exportsWhatReadsBackTheSame() throws Exception {
    ModelDocument model = imported(generator("a.pt", false));
    for (String file : new String[] {"out.pt", "out.safetensors"}) {
      catalog.export("a", folder.resolve(file), Optional.empty());
      assertThat(catalog.importFrom(folder.resolve(file), Optional.of("again")).digest())
          .isEqualTo(model.digest());
    }
    assertThatThrownBy(() -> catalog.export("a", folder.resolve("out.pt"), Optional.empty()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageEndingWith("out.pt is there already: give another name");
  }

  @Test
  void refusesWhatIsNoModelByWhatItIsAndStoresNothing() throws Exception {
    Path database =
        Files.writeString(
            folder.resolve("db.jsonl"),
            "{\"collection\":\"x\",\"format\":\"espalier-meta-database/1\"}\n");
    assertThatThrownBy(() -> imported(database))
        .hasMessage(
            "db.jsonl is no model, but a file of meta-database: import it by espalier data import");
    Path published =
        Files.write(
            folder.resolve("tasks.pt"),
            "\u0080\u0002}X\3\0\0\0accX\4\0\0\0taskX\5\0\0\0graph."
                .getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> imported(published))
        .hasMessage(
            "tasks.pt is no model, but a database of tasks and accuracies: import it by espalier data import");
    Path text = Files.writeString(folder.resolve("a.txt"), "nothing of the kind");
    assertThatThrownBy(() -> imported(text))
        .hasMessage("a.txt is no model: it is neither what torch.save writes nor safetensors");
    byte[] whole = Files.readAllBytes(generator("whole.pt", false));
    Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> imported(cut))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("cut.pt: the PyTorch checkpoint is cut short or damaged");
    assertThatThrownBy(() -> imported(folder)).hasMessageContaining("is a folder");
    assertThat(catalog.stored()).isEmpty();
  }

  @Test
  void refusesAModelOfGraphsThatNoSpaceHas() throws Exception {
    GraphTopology five = GraphTopology.chain(5, 4);
    Path file = folder.resolve("five.pt");
    try (GeneratorModel model = GeneratorModel.fresh(torch(), five, SIZES, 1)) {
      Files.write(file, model.forPyTorch());
    }
    assertThatThrownBy(() -> imported(file))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("graphs of 5 vertices of 4 types: no space has such")
        .hasMessageContaining("nas-bench-201 (8 of 7)");
    assertThat(catalog.stored()).isEmpty();
  }

  @Test
  void refusesAnotherModelUnderATakenName() throws Exception {
    imported(generator("a.pt", false));
    assertThatThrownBy(() -> catalog.importFrom(predictor("p.pt"), Optional.of("a")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("another model is called a already");
    catalog.remove("a");
    assertThat(catalog.importFrom(predictor("p.pt"), Optional.of("a")).kind())
        .isEqualTo("metad2a-predictor");
  }

  @Test
  void findsWhatASpecificationNeeds() throws Exception {
    UsesModels.Need need =
        new UsesModels.Need("models.generator", "metad2a-generator", "", "Make one.");
    assertThatThrownBy(() -> workbench.store().models().find(need, "nas-bench-201"))
        .hasMessage("models.generator: no metad2a-generator for nas-bench-201 is here. Make one.");
    imported(predictor("p.pt"));
    ModelDocument generator = imported(generator("a.pt", false));
    assertThat(workbench.store().models().find(need, "nas-bench-201")).isEqualTo(generator);
    assertThatThrownBy(() ->
            workbench
                .store()
                .models()
                .find(
                    new UsesModels.Need("models.generator", "metad2a-generator", "p", "Make one."),
                    "nas-bench-201"))
        .hasMessage(
            "models.generator: model p is a metad2a-predictor for nas-bench-201, "
                + "but a metad2a-generator for nas-bench-201 is needed: see espalier model list");
  }

  @Test
  void givesWhatWasTrainedANameOfItsOwnWhereItIsTaken() throws Exception {
    ModelDocument first =
        catalog.keepTrained("mine", tensors(generator("a.pt", false)), Map.of("epoch", "3"));
    assertThat(first.name()).isEqualTo("mine");
    assertThat(first.format()).isEqualTo(ModelDocument.TRAINED);
    assertThat(catalog.keepTrained("mine", tensors(generator("a.pt", false)), Map.of("epoch", "3")))
        .isEqualTo(first);
    ModelDocument second =
        catalog.keepTrained("mine", tensors(predictor("p.pt")), Map.of("epoch", "4"));
    assertThat(second.name()).isEqualTo("mine-" + second.digest().substring(0, 8));
  }

  private static TensorFile tensors(Path file) throws Exception {
    return TensorFile.read("file", Files.readAllBytes(file));
  }
}
