package dev.espalier.api.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How a server proves that it is the one that was started with a secret, without telling it:
 * whoever asks sends a number that was never used before, and the answer holds its HMAC.
 */
public final class Proof {
  /** The header of the question. */
  public static final String CHALLENGE = "Espalier-Challenge";

  /** The header of the answer. */
  public static final String PROOF = "Espalier-Proof";

  private static final String ALGORITHM = "HmacSHA256";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Proof() {}

  /** A new question. */
  public static String challenge() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The right answer. */
  public static String of(String secret, String challenge) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has this algorithm, and the key is not empty
    }
  }

  /** Whether the answer is right. */
  public static boolean holds(String secret, String challenge, @Nullable String answer) {
    return answer != null
        && MessageDigest.isEqual(
            of(secret, challenge).getBytes(StandardCharsets.UTF_8),
            answer.getBytes(StandardCharsets.UTF_8));
  }
}
