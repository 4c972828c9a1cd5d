package dev.espalier.search.canonical;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.math.BigInteger;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * JSON with one spelling: RFC 8785, so that equal values have equal bytes.
 *
 * <p>RFC 8785 knows no integers beyond 2<sup>53</sup>: two of them could share a spelling, so they
 * are refused.
 */
public final class CanonicalJson {
  private static final BigInteger LARGEST = BigInteger.TWO.pow(53);

  private CanonicalJson() {}

  public static String of(Object value) {
    JsonNode tree = value instanceof JsonNode node ? node : Json.tree(value);
    refuseInexact(tree);
    try {
      // Wrapped in an array: the library takes no bare scalars.
      String wrapped = new JsonCanonicalizer("[" + tree + "]").getEncodedString();
      return wrapped.substring(1, wrapped.length() - 1);
    } catch (IOException e) {
      throw new IllegalArgumentException("no canonical JSON of " + tree, e);
    }
  }

  private static void refuseInexact(JsonNode node) {
    if (node.isIntegralNumber() && node.bigIntegerValue().abs().compareTo(LARGEST) > 0) {
      throw new InvalidInput(
          "%s has no exact canonical JSON: integers must lie within ±2^53; write it as text"
              .formatted(node));
    }
    node.forEach(CanonicalJson::refuseInexact);
  }
}
