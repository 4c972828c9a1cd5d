package dev.espalier.search.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchitectureTableTest {
  private static final String PLAIN = "architecture,validation,test\na|b,0.9,0.8\nc|d,0.7,\n";

  private final Remarks remarks = new Remarks();

  private ArchitectureTable read(String csv) {
    return ArchitectureTable.importCsv(
        Input.of("in.csv", csv.getBytes(StandardCharsets.UTF_8)), remarks);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufeffarchitecture,validation,test\r\na|b,0.9,0.8\r\nc|d,0.7,\r\n",
        ",architecture,validation,test\n0,a|b,0.9,0.8\n1,c|d,0.7,\n",
        "Unnamed: 0,Architecture,Validation,Test\n0,a|b,0.9,0.8\n1,c|d,0.7,\n",
        "architecture;validation;test\na|b;0,9;0,8\nc|d;0,7;\n",
        "architecture\tvalidation\ttest\na|b\t0.9\t0.8\nc|d\t0.7\t\n",
        "sep=,\narchitecture,validation,test,\na|b,0.9,0.8,\nc|d,0.7,,\n,,,\n",
        "# measured in May\n\narchitecture , validation, test\n\"a|b\", 0.9 ,0.8\n\nc|d,0.7,\n",
        "# architecture,validation,test\na|b,9e-1,0.8\nc|d,0.70,\n",
        "arch,val_acc,test_acc\na|b,0.9,0.8\nc|d,0.7,\n",
        "architecture,validation,test\na|b,90,80\nc|d,70,\n",
        "architecture,validation,test\na|b,90 %,80%\nc|d,70%,\n"
      })
  void isReadAsProgramsAndSpreadsheetsWriteIt(String csv) {
    assertThat(read(csv).digest()).isEqualTo(read(PLAIN).digest());
  }

  @Test
  void whatIsStoredCanBeReadAgainWhateverTheArchitecture() {
    String genotype = "Genotype(normal=[('a', 0), (\"b\", 1)])";
    ArchitectureTable table =
        read("architecture,validation\n\"%s\",0.9\n".formatted(genotype.replace("\"", "\"\"")));
    ArchitectureTable again =
        ArchitectureTable.readCsv("stored", new ByteArrayInputStream(table.canonicalCsv()));
    assertThat(again.architectures()).containsExactly(genotype);
    assertThat(again.digest()).isEqualTo(table.digest());
    assertThat(new String(read(PLAIN).canonicalCsv(), StandardCharsets.UTF_8))
        .isEqualTo("architecture,validation,test\na|b,0.9,0.8\nc|d,0.7,\n"); // as ever
  }

  @Test
  void saysWhatWasUnderstoodAndWhatWasLeftOut() {
    read("architecture,validation,loss,seconds\na,91,0.2,7\nb,43,0.9,9\n");
    assertThat(remarks.all())
        .isEqualTo(
            List.of(
                "in.csv: understood as percent (from 43.0 to 91.0), stored as ratios",
                "in.csv: columns left out: loss, seconds"));
  }

  @Test
  void numbersThatAreNeitherRatiosNorPercentAreRefused() {
    assertThatThrownBy(() -> read("architecture,validation\na,2.3\nb,0.4\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("neither like ratios nor like percent. Losses?");
    assertThatThrownBy(() -> read("architecture,validation,test\na,0.91,89\nb,0.9,88\n"))
        .hasMessageContaining("go from 0.9 to 89.0: write all of them as ratios");
    assertThatThrownBy(() -> read("architecture,validation\na,914\nb,0.9\n"))
        .hasMessageContaining("row 2: validation must be a ratio between 0 and 1, but was 914");
  }

  @Test
  void theRowThatIsWrongIsNamed() {
    assertThatThrownBy(() -> read("architecture,validation\na,0.9\n(x, y),0.8\n"))
        .hasMessage(
            "in.csv: row 3: 2 values expected, 3 found: a value with commas in it needs quotation marks around it");
    assertThatThrownBy(() -> read("architecture,validation\na,0.9\n\"b,0.8\nc,0.7\n"))
        .hasMessageStartingWith("in.csv: row 3: a quotation mark that is opened there");
    assertThatThrownBy(() -> read("architecture,validation,Validation\na,0.9,0.8\n"))
        .hasMessageContaining("two columns are called Validation"); // which of the two is meant
  }

  @Test
  void ofJsonIsCalledThat() {
    for (String json : List.of("[{\"architecture\": \"x\"}]", "{\"architecture\": \"x\"}\n")) {
      assertThatThrownBy(() -> read(json))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("is JSON, not a table: write it as CSV");
    }
  }

  @Test
  void namesTheRowOfWhatIsNoNumber() {
    assertThatThrownBy(() -> read("architecture,validation\na,0.5\nb,NaN\n"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("row 3: validation: \"NaN\" is not a number");
  }
}
