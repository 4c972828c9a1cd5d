package dev.espalier.search.space.nasbench201;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.python.PythonReader;
import dev.espalier.search.space.ForeignNotation;
import dev.espalier.search.space.Surroundings;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell in the spellings of public programs: the benchmark's string, also with blanks, quotes or
 * what AutoDL's {@code Structure} prints around it; AutoDL's lists; NASLib's six numbers; the
 * official index.
 */
final class CellReader {
  private static final Pattern INDEX =
      Pattern.compile(
          "(?:(?:nas-?bench-?201|arch(?:itecture)?|official|cell|index|idx|id)[\\s_:=#-]*)*#?(\\d{1,9}|\\d{1,3},"
              + "\\d{3})",
          Pattern.CASE_INSENSITIVE);

  /** AutoDL's {@code repr}, and what logs have before an architecture. */
  private static final Pattern STRUCTURE =
      Pattern.compile("\\A[^|]*\\bStructure\\s*\\(\\s*\\d+ nodes with\\s*(\\|.*\\|)\\s*\\)\\s*\\z");

  private static final Pattern LABELLED = Pattern.compile("\\A[^|~]*[=:]\\s*(?=\\|)");
  private static final Pattern BLANKS = Pattern.compile("\\s*([|+~])\\s*");

  private CellReader() {}

  /**
   * The cell of this text.
   *
   * @throws InvalidInput with the position of the mistake, or with the notation that it is instead
   */
  static Cell read(String text) {
    try {
      return cell(Surroundings.removed(Surroundings.plain(text)));
    } catch (InvalidInput e) {
      throw ForeignNotation.instead(text, "a NAS-Bench-201 cell", List.of(ForeignNotation.CELL), e);
    }
  }

  private static Cell cell(String text) {
    Matcher index = INDEX.matcher(text);
    if (index.matches()) {
      return OfficialIndex.cell(Integer.parseInt(index.group(1).replace(",", "")));
    }
    if (text.startsWith("[") || text.startsWith("(")) {
      PythonReader.Read read = PythonReader.read(text, 0);
      if (!Surroundings.endsAt(text, read.end())) {
        throw PythonReader.mistake(text, read.end(), "the end");
      }
      return CellLists.cell(read.value());
    }
    Matcher structure = STRUCTURE.matcher(text);
    String string =
        structure.matches() ? structure.group(1) : LABELLED.matcher(text).replaceFirst("");
    string = BLANKS.matcher(Surroundings.removed(string)).replaceAll("$1");
    requireFourNodes(string);
    return new Cell(CellNotation.read(string).stream().map(CellNotation.Item::operator).toList());
  }

  private static void requireFourNodes(String text) {
    long nodes = 1 + Pattern.compile("\\|\\+\\|").splitAsStream(text).count();
    if (nodes > Edge.NODES) {
      throw new InvalidInput(
          "a cell of %d nodes: the cells of NAS-Bench-201 have %d".formatted(nodes, Edge.NODES));
    }
  }
}
