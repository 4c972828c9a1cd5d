package dev.espalier.search.drawing;

import static dev.espalier.search.drawing.Luminance.luminance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** One colour and one symbol an operator, in all spaces. */
final class PaletteTest {
  static final List<SearchSpace> SPACES = SearchSpaces.all();
  static final List<OperatorStyle> ALL = all();

  private static List<OperatorStyle> all() {
    List<OperatorStyle> styles = new ArrayList<>();
    for (Field field : Palette.class.getFields()) {
      try {
        styles.add((OperatorStyle) field.get(null));
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    return styles;
  }

  @Test
  void hasNoTwoLooksThatShareAnything() {
    assertThat(ALL).hasSizeGreaterThanOrEqualTo(11);
    assertThat(ALL.stream().map(OperatorStyle::title)).doesNotHaveDuplicates();
    assertThat(ALL.stream().map(OperatorStyle::color)).doesNotHaveDuplicates();
    assertThat(ALL.stream().map(OperatorStyle::symbol)).doesNotHaveDuplicates();
  }

  @Test
  void isWhatEverySpaceDrawsWith() {
    List<OperatorStyle> drawn =
        SPACES.stream()
            .flatMap(space -> space.operators().stream().map(space::style))
            .distinct()
            .toList();
    assertThat(ALL).containsAll(drawn);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("SPACES")
  void tellsTheOperatorsOfASpaceApart(SearchSpace space) {
    assertThat(space.operators().stream().map(space::style)).doesNotHaveDuplicates();
  }

  @Test
  void givesTheSameOperatorTheSameLookInAllSpaces() {
    assertThat(looks("skip_connect")).hasSize(1);
    assertThat(looks("avg_pool_3x3")).hasSize(1);
    assertThat(looks("none")).hasSize(1);
    assertThat(Stream.concat(looks("sep_conv_3x3").stream(), looks("sep3").stream()).distinct())
        .hasSize(1);
  }

  private static List<OperatorStyle> looks(String operator) {
    return SPACES.stream()
        .filter(space -> space.operators().contains(operator))
        .map(space -> space.style(operator))
        .distinct()
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("ALL")
  void holdsOnLightAndDarkPagesAndUnderWhiteText(OperatorStyle style) {
    // WCAG 2.1: 4.5:1 for text, 3:1 for graphics.
    double luminance = luminance(style.color());
    assertThat(1.05 / (luminance + 0.05)).as("white text on it").isGreaterThan(4.5);
    assertThat((luminance + 0.05) / (luminance("#151e1a") + 0.05))
        .as("on the dark page's panels")
        .isGreaterThan(3);
    assertThat((luminance + 0.05) / (luminance("#0f172a") + 0.05))
        .as("on a near-black page")
        .isGreaterThan(3);
  }
}
