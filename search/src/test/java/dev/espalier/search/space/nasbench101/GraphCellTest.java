package dev.espalier.search.space.nasbench101;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.ArchitectureGraph;
import dev.espalier.search.space.ArchitectureGraph.Edge;
import dev.espalier.search.space.SearchSpaces;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A NAS-Bench-101 cell")
class GraphCellTest {
  private static final String TWO = "conv3x3@0-maxpool3x3@0+1-output@1+2";
  private static final GraphCell WANTED = GraphCell.parse(TWO);

  static Stream<Long> seeds() {
    return LongStream.range(0, 50).boxed();
  }

  @Test
  void hasVerticesThatReadOthers() {
    assertThat(WANTED.canonical()).isEqualTo(TWO);
    assertThat(WANTED.vertices()).isEqualTo(4);
    assertThat(WANTED.edges()).isEqualTo(5);
    assertThat(WANTED.operations())
        .containsExactly(VertexOperation.CONV_3X3, VertexOperation.MAX_POOL_3X3);
    assertThat(WANTED.sources(3)).containsExactly(1, 2);
    assertThat(WANTED.hasEdge(0, 3)).isFalse();
    assertThat(NasBench101.SPACE.graph(WANTED))
        .isEqualTo(
            new ArchitectureGraph(
                List.of("conv3x3", "conv1x1", "maxpool3x3"),
                List.of(0, 1, 3, 0),
                List.of(
                    new Edge(0, 1),
                    new Edge(0, 2),
                    new Edge(1, 2),
                    new Edge(1, 3),
                    new Edge(2, 3))));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isPrintedAndParsedWithoutLoss(long seed) {
    GraphCell cell = NasBench101.SPACE.random(RandomStream.of(seed, "cells"));
    assertThat(GraphCell.parse(cell.canonical())).isEqualTo(cell);
    assertThat(Json.read(Json.write(cell), GraphCell.class)).isEqualTo(cell);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // the order of vertices, and of those that one reads
    "maxpool3x3@0-conv3x3@0-output@1+2, conv3x3@0-maxpool3x3@0-output@1+2",
    "conv3x3@0-maxpool3x3@1+0-output@2+1, conv3x3@0-maxpool3x3@0+1-output@1+2",
    // vertices on no path: nobody reads 2; 1 reads nothing that the input leads to
    "conv3x3@0-conv1x1@1-output@1, conv3x3@0-output@1",
    "conv3x3@0-conv1x1@0-conv1x1@2-output@1, conv3x3@0-output@1",
    // eight vertices, of which one is on no path
    "conv3x3@0-conv3x3@1-conv3x3@2-conv3x3@3-conv3x3@4-conv1x1@4-output@5, "
        + "conv3x3@0-conv3x3@1-conv3x3@2-conv3x3@3-conv3x3@4-output@5",
  })
  void hasOneString(String text, String canonical) {
    assertThat(GraphCell.parse(text).canonical()).isEqualTo(canonical);
  }

  static Stream<String> spellings() {
    String matrix = "[[0, 1, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1], [0, 0, 0, 0]]";
    String operations = "['input', 'conv3x3-bn-relu', 'maxpool3x3', 'output']";
    return Stream.of(
        matrix + ", " + operations,
        "(" + matrix + ", " + operations + ")",
        "[" + matrix + ", " + operations + "],",
        matrix + "\n" + operations + "  # the best",
        matrix.replace("[", "(").replace("]", ")") + ", " + operations,
        matrix + ", ['INPUT', 'CONV3X3', 'MAXPOOL3X3', 'OUTPUT']",
        matrix + ", [INPUT, CONV3X3, MAXPOOL3X3, OUTPUT]",
        matrix + ", [-1, 0, 2, -2]",
        matrix + ", 'input,conv3x3-bn-relu,maxpool3x3,output'",
        "ModelSpec(matrix=" + matrix + ", ops=" + operations + ")",
        "api.ModelSpec(" + matrix + ", " + operations + ")",
        "model_spec = api.ModelSpec(\n  matrix="
            + matrix
            + ",\n  # Operations at the vertices\n"
            + "  ops="
            + operations
            + ")",
        "api.ModelSpec(np.array(" + matrix + "), ops=" + operations + ")",
        "{'module_adjacency': array("
            + matrix
            + ", dtype=int8), 'module_operations': "
            + operations
            + ", 'trainable_parameters': 2694282}",
        "{\"matrix\": " + matrix + ", \"ops\": " + operations.replace('\'', '"') + "}",
        "0110/0011/0001/0000 input conv3x3-bn-relu maxpool3x3 output",
        "0110/0011/0001/0000,input,conv3x3-bn-relu,maxpool3x3,output",
        "'" + TWO + "',",
        "cell = " + TWO,
        "conv3x3-bn-relu @ 0 - maxpool3x3 @ 0 + 1 - output @ 1 + 2");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spellings")
  void isReadAsPublicProgramsSpellIt(String text) {
    assertThat(GraphCell.parse(text)).isEqualTo(WANTED);
    assertThat(SearchSpaces.recognising(text)).isSameAs(SearchSpaces.named(NasBench101.NAME));
    assertThat(SearchSpaces.named("darts").recognises(text)).isFalse();
    assertThat(SearchSpaces.named("nas-bench-201").recognises(text)).isFalse();
  }

  static Stream<Arguments> mistakes() {
    String two = ", ['input', 'conv3x3-bn-relu', 'output']";
    return Stream.of(
        Arguments.of("conv3x3@0", "at position 10 expected \"-\", but found the end"),
        Arguments.of("conv3x3@0-output", "at position 11 expected an operation or output, and"),
        Arguments.of(
            "conv5x5@0-output@1",
            "at position 1: unknown operation \"conv5x5\": allowed are conv3x3, conv1x1, maxpool3x3"),
        Arguments.of(
            "conv3x3@0-maxpol3x3@1-output@2",
            "at position 11: unknown operation \"maxpol3x3\": allowed are conv3x3, conv1x1, "
                + "maxpool3x3. Did you mean maxpool3x3?"),
        Arguments.of(
            "conv3x3@0+2-conv1x1@1-output@2",
            "at position 11 expected the number of a vertex before this one, 0 to 0 (a cell has no cycles), "
                + "but found \"2-conv1x1@1-\""),
        Arguments.of("conv3x3@1-output@1", "at position 9 expected the number of a vertex before"),
        Arguments.of("conv3x3@0+0-output@1", "at position 11 expected vertex 0 only once"),
        Arguments.of("conv3x3@-output@1", "at position 9 expected the number of a vertex"),
        Arguments.of("conv3x3@0-output@1-conv1x1@1", "at position 19 expected the end"),
        Arguments.of(
            "conv3x3@0|output@1", "at position 10 expected \"-\", but found \"|output@1\""),
        Arguments.of(
            "conv3x3@0-conv3x3@1-conv3x3@2-conv3x3@3-conv3x3@4-conv3x3@5-output@6",
            "the cell has 8 vertices, input and output included, but may have 7"),
        Arguments.of(
            "conv3x3@0-conv3x3@0+1-conv3x3@0+1+2-conv3x3@0+1+2-output@3+4",
            "the cell has 11 edges, but may have 9"),
        Arguments.of(
            "[[0,1,0,0],[0,0,0,0],[0,0,0,1],[0,0,0,0]], ['input','conv3x3','conv1x1','output']",
            "no path leads from the input to the output: the input leads to vertex 1, and what the "
                + "output needs is vertex 2"),
        Arguments.of("[[0,0],[0,0]], ['input','output']", "the input leads to nothing"),
        Arguments.of(
            "[[0,1,1],[0,0,1],[0,1,0]]" + two,
            "row 2, column 1 of the matrix is 1: an edge from vertex 2 back to vertex 1 closes a cycle"),
        Arguments.of(
            "[[0,1,1],[0,1,1],[0,0,0]]" + two,
            "an edge from vertex 1 back to itself closes a cycle"),
        Arguments.of(
            "[[0,1,1],[0,0,1]]" + two, "the matrix has 2 rows, but there are 3 operations"),
        Arguments.of("[[0,1],[0,0,1],[0,0,0]]" + two, "row 0 of the matrix has 2 entries"),
        Arguments.of("[[0,1,1],[0,0,2],[0,0,0]]" + two, "at position 15 expected 0 or 1 in row 1"),
        Arguments.of(
            "[[0,1,1],[0,0,1],[0,0,0]], ['input', 'conv7x7-bn-relu', 'output']",
            "vertex 1: unknown operation \"conv7x7-bn-relu\""),
        Arguments.of(
            "[[0,1,1],[0,0,1],[0,0,0]], ['conv3x3', 'conv3x3-bn-relu', 'output']",
            "the operation of vertex 0 must be input, but was \"conv3x3\""),
        Arguments.of("[[0,1,1],[0,0,1],[0,0,0]]", "operations are missing: a matrix and"),
        Arguments.of(
            "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|", "its space is nas-bench-201"),
        Arguments.of("skip+sep3|dil5", "their space is parallel-ops"),
        Arguments.of("Genotype(normal=[('sep_conv_3x3', 0)])", "its space is darts"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void saysWhatIsWrongAndWhere(String text, String message) {
    assertThatThrownBy(() -> GraphCell.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {TWO, "output@0", "[[0,1],[0,0]], ['input', 'output']"})
  void isNamedInOtherSpaces(String text) {
    assertThatThrownBy(() -> SearchSpaces.named("nas-bench-201").parse(TWO))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(
            "not a NAS-Bench-201 cell, but a cell of NAS-Bench-101: its space is nas-bench-101");
    assertThat(SearchSpaces.recognising(text).name()).isEqualTo(NasBench101.NAME);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "[[0 1 1 0]\n [0 0 1 1]\n [0 0 0 1]\n [0 0 0 0]] ['input' 'conv3x3-bn-relu' 'maxpool3x3' 'output']",
        "[[0. 1. 1. 0.] [0. 0. 1. 1.] [0. 0. 0. 1.] [0. 0. 0. 0.]], ['input', 'conv3x3', 'maxpool3x3', 'output']",
        "{'adjacency': [[0., 1., 1., 0.], [0., 0., 1., 1.], [0., 0., 0., 1.], [0., 0., 0., 0.]], "
            + "'ops': ['input', 'conv3x3-bn-relu', 'maxpool3x3', 'output']}",
        "[[False, True, True, False], [False, False, True, True], [False, False, False, True], [False]*4], "
            + "['input', 'conv3x3-bn-relu', 'maxpool3x3', 'output']",
        "[[False  True  True False]\n [False False  True  True]\n [False False False  True]\n "
            + "[False False False False]], [-1, 0, 2, -2]",
        "OrderedDict([('matrix', [[0, 1, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1], [0] * 4]), "
            + "('ops', ['input', 'conv3x3-bn-relu', 'maxpool3x3', 'output'])])",
        "conv3x3@0–maxpool3x3@0+1–output@1+2",
      })
  void isReadAsLibrariesPrintIt(String text) {
    assertThat(GraphCell.parse(text)).isEqualTo(WANTED);
  }
}
