package dev.espalier.workflows.stage;

import dev.espalier.search.canonical.Digest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stage computes, as a digest: two stages with the same key have the same result, so the
 * second is not run.
 *
 * @param kind the stage's workflow type
 * @param revision the algorithm's revision: raised when the same parameters give other numbers
 * @param parameters all resolved parameters that can change the result
 * @param seed the experiment's seed
 * @param inputs keys of the stages whose results go in, unsalted
 * @param dataDigest digest of the data set, empty while it is not known
 * @param numericClass the arithmetic
 */
public record StageKey(
    String kind,
    int revision,
    Map<String, Object> parameters,
    long seed,
    List<String> inputs,
    String dataDigest,
    String numericClass) {

  public StageKey {
    parameters = new TreeMap<>(parameters);
    inputs = List.copyOf(inputs);
  }

  /** SHA-256 of the canonical JSON of all parts. */
  public String digest() {
    return Digest.of(this);
  }

  /**
   * The key under which work is recorded: {@code run --fresh} salts it, so that nothing finished is
   * reused.
   */
  public static String salted(String key, String salt) {
    return salt.isEmpty() ? key : Digest.sha256(key + "/" + salt);
  }
}
