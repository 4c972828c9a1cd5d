package dev.espalier.search.space.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.SearchSpaces;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A genotype as public programs spell it")
class GenotypeSpellingsTest {
  private static final Genotype WANTED = Genotype.parse(PublishedGenotypes.DARTS_V2);
  private static final String NORMAL = genes(CellType.NORMAL, "('%s', %d)");
  private static final String REDUCE = genes(CellType.REDUCTION, "('%s', %d)");

  private static String genes(CellType type, String pattern) {
    return String.join(
        ", ",
        WANTED.cell(type).genes().stream()
            .map(gene -> pattern.formatted(gene.operator().label(), gene.source()))
            .toList());
  }

  /** Two genes in a list for each node. */
  private static String nested(CellType type, String open, String close) {
    return IntStream.range(0, DartsEdge.NODES)
        .mapToObj(WANTED.cell(type)::into)
        .map(two ->
            open
                + String.join(
                    ", ",
                    two.stream()
                        .map(gene -> "('%s', %d)".formatted(gene.operator().label(), gene.source()))
                        .toList())
                + close)
        .reduce((a, b) -> a + ", " + b)
        .orElseThrow();
  }

  private static String whole(String normal, String reduce) {
    return "Genotype(normal=[%s], normal_concat=range(2, 6), reduce=[%s], reduce_concat=range(2, 6))"
        .formatted(normal, reduce);
  }

  static Stream<Arguments> spellings() {
    String plain = whole(NORMAL, REDUCE);
    return Stream.of(
        Arguments.of(
            "node by node",
            whole(nested(CellType.NORMAL, "[", "]"), nested(CellType.REDUCTION, "[", "]"))),
        Arguments.of(
            "tuples node by node",
            whole(nested(CellType.NORMAL, "(", ")"), nested(CellType.REDUCTION, "(", ")"))),
        Arguments.of("assigned", "MINE_v3 = " + plain),
        Arguments.of("in a log", "07/15 11:02:13 PM genotype = " + plain),
        Arguments.of("from a module", "genotypes.Genotype" + plain.substring(8)),
        Arguments.of("list(range)", plain.replace("range(2, 6)", "list(range(2, 6))")),
        Arguments.of("range with a step", plain.replace("range(2, 6)", "range(2,6,1)")),
        Arguments.of("a tuple of nodes", plain.replace("range(2, 6)", "(2, 3, 4, 5)")),
        Arguments.of("nodes in another order", plain.replace("range(2, 6)", "[5, 4, 3, 2]")),
        Arguments.of(
            "fields in another order",
            "Genotype(reduce_concat=range(2, 6), reduce=[%s], normal_concat=range(2, 6), normal=[%s])"
                .formatted(REDUCE, NORMAL)),
        Arguments.of(
            "fields without names",
            "Genotype([%s], range(2, 6), [%s], range(2, 6))".formatted(NORMAL, REDUCE)),
        Arguments.of("no concat", "Genotype(normal=[%s], reduce=[%s])".formatted(NORMAL, REDUCE)),
        Arguments.of(
            "with weights",
            whole(
                genes(CellType.NORMAL, "('%s', %d, 0.1372)"),
                genes(CellType.REDUCTION, "('%s', %d, 2e-05)"))),
        Arguments.of(
            "with weights of numpy",
            whole(
                genes(CellType.NORMAL, "('%s', np.int64(%d), np.float32(0.5))"),
                genes(CellType.REDUCTION, "('%s', %d, tensor(0.2, grad_fn=<SelectBackward0>))"))),
        Arguments.of(
            "states first",
            whole(
                genes(CellType.NORMAL, "('%s', %d)")
                    .replaceAll("\\(('\\w+'), (\\d)\\)", "($2, $1)"),
                REDUCE)),
        Arguments.of("over several lines", plain.replace(", ", ",\n    ") + "  # CIFAR-10"),
        Arguments.of("in quotes", "\"" + plain + "\","),
        Arguments.of("printed", "print(" + plain + ")"),
        Arguments.of("without quotes", plain.replace("'", "")),
        Arguments.of(
            "a dictionary",
            "{'normal': [%s], 'normal_concat': range(2, 6), 'reduce': [%s], 'reduce_concat': range(2, 6)}"
                .formatted(NORMAL, REDUCE)),
        Arguments.of(
            "JSON",
            "{\"normal\": [%s], \"normal_concat\": [2, 3, 4, 5], \"reduce\": [%s], \"reduce_concat\": [2, 3, 4, 5]}"
                .formatted(
                    genes(CellType.NORMAL, "[\"%s\", %d]"),
                    genes(CellType.REDUCTION, "[\"%s\", %d]"))),
        Arguments.of(
            "with the node of each gene",
            whole(
                "('skip_connect', 0, 5), ('dil_conv_3x3', 2, 5), ('sep_conv_3x3', 0, 2), ('sep_conv_3x3', 1, 2),"
                    + " ('sep_conv_3x3', 0, 3), ('sep_conv_3x3', 1, 3), ('sep_conv_3x3', 1, 4), ('skip_connect', 0, 4)",
                REDUCE)),
        Arguments.of(
            "JSON with comments",
            ("{ // found on a Monday\n \"normal\": [%s,], /* at\nhome */ \"reduce\": [%s], // both\n"
                    + "\"normal_concat\": [2, 3, 4, 5], \"reduce_concat\": [2, 3, 4, 5] }")
                .formatted(
                    genes(CellType.NORMAL, "[\"%s\", %d]"),
                    genes(CellType.REDUCTION, "[\"%s\", %d]"))),
        Arguments.of(
            "pairs of an ordered dictionary",
            "OrderedDict([('normal', [%s]), ('normal_concat', range(2, 6)), ('reduce', [%s])])"
                .formatted(NORMAL, REDUCE)),
        Arguments.of("a call of dict", "dict(normal=[%s], reduce=[%s])".formatted(NORMAL, REDUCE)),
        Arguments.of(
            "out of a PDF file",
            plain.replaceAll("'(\\w+)'", "\u2018$1\u2019").replace(" ", "\u00A0")),
        Arguments.of("NumPy's nodes", plain.replace("range(2, 6)", "array([2 3 4 5])")),
        Arguments.of("NASLib's tuples", numbers("((%s), (%s))")),
        Arguments.of("NASLib's lists", numbers("[[%s], [%s]]")));
  }

  /** In NASLib's order of operators; the state stands first. */
  private static String numbers(String pattern) {
    List<String> order =
        List.of(
            "max_pool_3x3",
            "avg_pool_3x3",
            "skip_connect",
            "sep_conv_3x3",
            "sep_conv_5x5",
            "dil_conv_3x3",
            "dil_conv_5x5");
    List<String> cells =
        CellType.ALL.stream()
            .map(type ->
                String.join(
                    ", ",
                    WANTED.cell(type).genes().stream()
                        .map(gene ->
                            "(%d, %d)"
                                .formatted(gene.source(), order.indexOf(gene.operator().label())))
                        .toList()))
            .toList();
    return pattern.formatted(cells.getFirst(), cells.getLast());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spellings")
  void isRead(String name, String text) {
    assertThat(Genotype.parse(text)).as(name).isEqualTo(WANTED);
    assertThat(SearchSpaces.recognising(text)).isEqualTo(DartsSpace.SPACE);
  }

  static Stream<Arguments> others() {
    String five = NORMAL + ", ('sep_conv_3x3', 0), ('conv_7x1_1x7', 2)";
    String plain = whole(NORMAL, REDUCE);
    return Stream.of(
        Arguments.of(
            whole(five, REDUCE), "the normal cell has five nodes (ten genes): this space has four"),
        Arguments.of(whole(NORMAL, ""), "the reduce cell has no genes: this space has four"),
        Arguments.of(
            whole(NORMAL.substring(NORMAL.indexOf("), ") + 3), REDUCE),
            "the normal cell has seven genes: this space has four"),
        Arguments.of(
            plain.replaceFirst("range\\(2, 6\\)", "[4, 5]"), "normal_concat must be range(2, 6)"),
        Arguments.of(plain + " " + plain, "a second one begins: give one"),
        Arguments.of("Genotype(normal=[" + NORMAL + "])", "it has no reduce cell"),
        Arguments.of(plain.replace("reduce=", "reduction="), "it has reduction, which no genotype"),
        Arguments.of(
            "Genotype(recurrent=[('tanh', 0), ('relu', 1)], concat=range(1, 9))",
            "a recurrent cell, for language models"),
        Arguments.of(
            "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|",
            "a cell of NAS-Bench-201: its space is nas-bench-201"),
        Arguments.of(
            "normal:\n- [sep_conv_3x3, 0]\n- [skip_connect, 1]\nreduce:\n- [skip_connect, 0]\n",
            "but a genotype in YAML: write it as JSON"),
        Arguments.of("64:32:16:8:24", "channels of NATS-Bench's size space"),
        Arguments.of("64-41414-1_02_333", "a network of TransNAS-Bench-101"),
        Arguments.of("skip+sep3|dil5", "their space is parallel-ops"),
        Arguments.of(
            "{'normal/op_2_0': 'sep_conv_3x3', 'normal/input_2_0': 0}", "a cell as NNI exports it"),
        Arguments.of(numbers("((%s), (%s))").replace("(0, 2)", "(0, 7)"), "NASLib's order, 0"),
        Arguments.of("[".repeat(100_000), "fewer brackets in brackets"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("others")
  void isNamedForWhatItIs(String text, String message) {
    assertThatThrownBy(() -> Genotype.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("not a genotype")
        .hasMessageContaining(message);
  }

  @Test
  void givenTwiceInOneFieldIsAMistake() {
    assertThatThrownBy(() -> Genotype.parse(whole(NORMAL, REDUCE).replace("reduce=", "normal=")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("normal is given a second time");
  }
}
