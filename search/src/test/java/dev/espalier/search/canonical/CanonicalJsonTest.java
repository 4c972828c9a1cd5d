package dev.espalier.search.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.failure.InvalidInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Canonical JSON and digests")
class CanonicalJsonTest {
  @Test
  void theExampleOfRfc8785ComesOutAsItStandsThere() {
    // RFC 8785, section 3.2.2 (input) and 3.2.3 (output).
    JsonNode input =
        Json.read(
            """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
              "literals": [null, true, false]
            }
            """,
            JsonNode.class);
    assertThat(CanonicalJson.of(input))
        .isEqualTo(
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void theOrderOfComponentsDoesNotMatter() {
    record Ab(int a, double b) {}
    record Ba(double b, int a) {}
    assertThat(CanonicalJson.of(new Ab(1, 0.1))).isEqualTo("{\"a\":1,\"b\":0.1}");
    assertThat(Digest.of(new Ab(1, 0.1))).isEqualTo(Digest.of(new Ba(0.1, 1)));
  }

  @Test
  void scalarsHaveACanonicalFormToo() {
    assertThat(CanonicalJson.of("é\n")).isEqualTo("\"é\\n\"");
    assertThat(CanonicalJson.of(3)).isEqualTo("3");
    assertThat(CanonicalJson.of(List.of())).isEqualTo("[]");
  }

  @Test
  void integersThatWouldLoseDigitsAreRefused() {
    assertThat(CanonicalJson.of(Map.of("n", 9_007_199_254_740_992L)))
        .isEqualTo("{\"n\":9007199254740992}");
    assertThatThrownBy(() -> CanonicalJson.of(Map.of("n", List.of(9_007_199_254_740_993L))))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("9007199254740993");
  }

  @Test
  void digestsAreLowerCaseSha256() {
    // FIPS 180-2, appendix B.1.
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(Digest.sha256("abc")).isEqualTo(abc);
    assertThat(Digest.sha256(new byte[] {'a', 'b', 'c'})).isEqualTo(abc);
    assertThat(Digest.of(Map.of())).isEqualTo(Digest.sha256("{}"));
  }
}
