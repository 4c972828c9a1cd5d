package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.Npz;
import dev.espalier.learning.data.SharedFiles;
import dev.espalier.learning.statedict.TorchArchive;
import dev.espalier.learning.statedict.TorchCheckpoint;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.NasBench101;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as PyTorch writes them. */
class TorchArchiveTest {
  private static byte[] file(String model) {
    try {
      return Files.readAllBytes(SharedFiles.of(GoldenCells.FOLDER + model + ".pt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"full_model", "small_model"})
  void aPublishedStateIsReadAsItIs(String model) {
    SequencedMap<String, NamedArray> tensors = TorchCheckpoint.read(file(model));
    Map<String, NamedArray> expected = GoldenCells.weights(model);

    assertThat(tensors.keySet()).containsExactlyElementsOf(expected.keySet());
    tensors.forEach((name, tensor) -> {
      assertThat(tensor.shape()).isEqualTo(array(expected, name).shape());
      assertThat(tensor.values()).containsExactly(array(expected, name).values());
    });
    Npz golden = GoldenCells.file(model + ".npz");
    assertThat(
            ConvolutionModel.of(ConvolutionTask.ACCURACY, TargetScale.NONE, tensors)
                .predict(GoldenCells.encoded(golden)))
        .containsExactly(golden.get("f32/pred"), within(1e-5));
  }

  private static NamedArray array(Map<String, NamedArray> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name));
  }

  @Test
  void whatIsWrittenIsReadAgainAndAlwaysTheSameBytes() {
    SequencedMap<String, NamedArray> tensors = new LinkedHashMap<>();
    tensors.put("a.b", new NamedArray("a.b", new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, -0f}));
    tensors.put("c", new NamedArray("c", new long[] {300}, new float[300]));
    TorchArchive archive = new TorchArchive(tensors, Map.of("note", "ä"));

    TorchArchive again = TorchArchive.read(archive.encode());

    assertThat(again.texts()).isEqualTo(Map.of("note", "ä"));
    assertThat(again.tensors().keySet()).containsExactly("a.b", "c");
    assertThat(array(again.tensors(), "a.b").shape()).containsExactly(2, 3);
    assertThat(array(again.tensors(), "a.b").values()).containsExactly(1, 2, 3, 4, 5, -0f);
    assertThat(again.encode()).isEqualTo(archive.encode());
  }

  @Test
  void anArchiveCutShortOrDamagedIsRefused() {
    byte[] whole = file("small_model");

    for (int length : new int[] {4, 5, 1000, whole.length - 1}) {
      assertThatThrownBy(() -> TorchCheckpoint.read(Arrays.copyOf(whole, length)))
          .as("%d bytes", length)
          .isInstanceOf(InvalidInput.class);
    }
    byte[] changed = whole.clone();
    changed[1600] ^= 1; // among the numbers of the first tensor
    assertThatThrownBy(() -> TorchCheckpoint.read(changed))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("data/0")
        .hasMessageContaining("checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cos\nsystem\n(X\u0002\0\0\0lstR.", "ctorch\nload\n)R."})
  void aPickleThatCallsAnythingElseIsRefused(String program) throws IOException {
    assertThatThrownBy(() -> TorchCheckpoint.read(withPickle("\u0080\u0002" + program)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("not loaded");
  }

  @Test
  void whatTorchDoesNotWriteIsRefused() throws IOException {
    byte[] noPickle = rewritten(Map.of(), List.of("/data.pkl"));
    byte[] noNumbers = rewritten(Map.of(), List.of("/data/3"));
    byte[] bigEndian =
        rewritten(Map.of("/byteorder", "big".getBytes(StandardCharsets.US_ASCII)), List.of());
    byte[] fewer = rewritten(Map.of("/data/3", new byte[8]), List.of());

    assertThatThrownBy(() -> TorchCheckpoint.read(noPickle)).hasMessageContaining("data.pkl");
    assertThatThrownBy(() -> TorchCheckpoint.read(noNumbers)).hasMessageContaining("data/3");
    assertThatThrownBy(() -> TorchCheckpoint.read(bigEndian)).hasMessageContaining("endian");
    assertThatThrownBy(() -> TorchCheckpoint.read(fewer)).hasMessageContaining("8 bytes");
  }

  private static byte[] withPickle(String program) throws IOException {
    return rewritten(Map.of("/data.pkl", program.getBytes(StandardCharsets.ISO_8859_1)), List.of());
  }

  /** The small model with other records, by the ends of their names. */
  private static byte[] rewritten(Map<String, byte[]> changed, List<String> left)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] ours =
        new TorchArchive(new LinkedHashMap<>(TorchCheckpoint.read(file("small_model"))), Map.of())
            .encode();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(ours));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.setMethod(ZipOutputStream.STORED);
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName();
        byte[] record = in.readAllBytes();
        if (left.stream().noneMatch(name::endsWith)) {
          for (Map.Entry<String, byte[]> each : changed.entrySet()) {
            record = name.endsWith(each.getKey()) ? each.getValue() : record;
          }
          ZipEntry written = new ZipEntry(name);
          written.setSize(record.length);
          written.setCompressedSize(record.length);
          CRC32 sum = new CRC32();
          sum.update(record);
          written.setCrc(sum.getValue());
          out.putNextEntry(written);
          out.write(record);
        }
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"neural-predictor", "neural-classifier"})
  void aFittedPredictorGoesThroughAFileOfPyTorchAndBack(String kind) {
    TrainingRows rows = ConvolutionRows.cells(20);
    PredictorRecipe recipe = new PredictorRecipe(kind, 2, 1e-3, 8, 6, 2, 5, 0, 0, 1);
    Predictor fitted = ConvolutionRows.fitted(recipe, rows);

    Predictor again =
        Predictors.importPublished(ConvolutionRows.SPACE, Predictors.exportForPyTorch(fitted));

    assertThat(again.kind()).isEqualTo(kind);
    assertThat(again.save()).isEqualTo(fitted.save());
    assertThat(again.predict(rows.architectures()))
        .containsExactly(fitted.predict(rows.architectures()));
  }

  @Test
  void aPublishedStateIsAPredictorOfNasBench101() {
    GraphCell cell = GraphCell.ofIndex(1000);

    Predictor predictor = Predictors.importPublished(NasBench101.SPACE, file("full_model"));

    assertThat(predictor.kind()).isEqualTo("neural-predictor");
    assertThat(predictor.predict(List.of(cell))[0]).isBetween(0.85, 0.95);
    assertThatThrownBy(
            () -> ConvolutionRows.published(file("full_model")).predict(ConvolutionRows.one()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("kinds of vertices");
  }

  @Test
  void otherKindsCannotBeWrittenForPyTorch() {
    PredictorRecipe recipe = new PredictorRecipe("forest", 1, 1, 1, 1, 1, 1, 0, 0, 3);
    Predictor forest = ConvolutionRows.fitted(recipe, ConvolutionRows.cells(20));

    assertThatThrownBy(() -> Predictors.exportForPyTorch(forest))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("forest");
  }

  private static byte[] pickle() throws IOException {
    byte[] ours =
        new TorchArchive(new LinkedHashMap<>(TorchCheckpoint.read(file("small_model"))), Map.of())
            .encode();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(ours))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().endsWith("/data.pkl")) {
          return in.readAllBytes();
        }
      }
    }
    throw new AssertionError("no pickle");
  }

  /** Beside the weights stand the epoch and the optimiser of the training. */
  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model", "net"})
  void theWeightsOfATrainingAreFoundByTheirName(String name) throws IOException {
    byte[] pickle = pickle();
    String inner = new String(pickle, 2, pickle.length - 3, StandardCharsets.ISO_8859_1);
    String outer =
        "\u0080\u0002}(X\u0005\0\0\0epochK\u0003X\u0009\0\0\0optimizer}X"
            + (char) name.length()
            + "\0\0\0"
            + name
            + inner
            + "u.";

    assertThat(TorchCheckpoint.read(withPickle(outer)).keySet())
        .containsExactlyElementsOf(TorchCheckpoint.read(file("small_model")).keySet());
  }

  @Test
  void theNamesOfTrainingsOnSeveralDevicesLoseTheirModule() {
    SequencedMap<String, NamedArray> tensors = new LinkedHashMap<>();
    tensors.put("module.a.weight", new NamedArray("module.a.weight", new long[] {1}, new float[1]));
    tensors.put("module.b", new NamedArray("module.b", new long[] {1}, new float[1]));

    assertThat(TorchCheckpoint.read(new TorchArchive(tensors, Map.of()).encode()).keySet())
        .containsExactly("a.weight", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ctorch.nn.modules.linear\nLinear\n)R.", "c__torch__.torch.nn\nLinear\n)R."})
  void aWholeNetworkIsRefusedWithWhatToSave(String program) {
    assertThatThrownBy(() -> TorchCheckpoint.read(withPickle("\u0080\u0002" + program)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("not loaded. ")
        .hasMessageContaining("save its state_dict() with torch.save");
  }

  @Test
  void whatIsCutShortIsCalledThat() {
    byte[] whole = file("small_model");
    assertThatThrownBy(() -> TorchCheckpoint.read(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("the PyTorch checkpoint is cut short or damaged: get it again");
  }
}
