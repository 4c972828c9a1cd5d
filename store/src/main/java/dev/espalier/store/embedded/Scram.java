package dev.espalier.store.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), MongoDB's usual mechanism: both sides
 * prove that they know the password, and neither sends it.
 */
final class Scram {
  static final String MECHANISM = "SCRAM-SHA-256";

  /** The fewest that MongoDB's drivers accept; the password is random, so that more add nothing. */
  private static final int ITERATIONS = 4096;

  private static final int BYTES = 24;
  private static final String NO_CHANNEL_BINDING = "n,,";

  private final String user;
  private final byte[] salt;
  private final byte[] storedKey;
  private final byte[] serverKey;

  /** The client does not know the password, or does not keep to the protocol. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /** For a user whose name and password are plain ASCII. */
  Scram(String user, String password) {
    this(user, password, random(16));
  }

  Scram(String user, String password, byte[] salt) {
    this.user = user;
    this.salt = salt.clone();
    byte[] salted = saltedPassword(password, salt);
    this.storedKey = sha256(hmac(salted, "Client Key"));
    this.serverKey = hmac(salted, "Server Key");
  }

  /** One client that wants to be let in. */
  Conversation begin() {
    return new Conversation(Base64.getEncoder().encodeToString(random(BYTES)));
  }

  /** For the RFC's example, which says which nonce the server chose. */
  Conversation begin(String serverNonce) {
    return new Conversation(serverNonce);
  }

  /** Two answers to two messages. */
  final class Conversation {
    private final String serverNonce;
    private String nonce = "";
    private String soFar = "";

    private Conversation(String serverNonce) {
      this.serverNonce = serverNonce;
    }

    /** Answers the client's first message with salt and iterations. */
    String first(String message) throws Refused {
      if (!message.startsWith(NO_CHANNEL_BINDING)) {
        throw new Refused("the first message asks for channel binding, which there is not");
      }
      String bare = message.substring(NO_CHANNEL_BINDING.length());
      Map<String, String> fields = fields(bare);
      if (!user.equals(fields.get("n")) || fields.getOrDefault("r", "").isEmpty()) {
        throw new Refused("there is no such user");
      }
      nonce = fields.get("r") + serverNonce;
      String answer =
          "r=%s,s=%s,i=%d".formatted(nonce, Base64.getEncoder().encodeToString(salt), ITERATIONS);
      soFar = bare + "," + answer;
      return answer;
    }

    /** Answers the client's proof with the server's own. */
    String last(String message) throws Refused {
      int end = message.lastIndexOf(",p=");
      Map<String, String> fields = fields(message);
      if (nonce.isEmpty() || end < 0 || !nonce.equals(fields.get("r"))) {
        throw new Refused("the message does not belong to this conversation");
      }
      String authenticated = soFar + "," + message.substring(0, end);
      byte[] proof = decoded(message.substring(end + ",p=".length()));
      byte[] signature = hmac(storedKey, authenticated);
      nonce = ""; // a proof is good once
      if (proof.length != signature.length) {
        throw new Refused("the password is wrong");
      }
      byte[] clientKey = new byte[proof.length];
      for (int i = 0; i < proof.length; i++) {
        clientKey[i] = (byte) (proof[i] ^ signature[i]);
      }
      if (!MessageDigest.isEqual(sha256(clientKey), storedKey)) {
        throw new Refused("the password is wrong");
      }
      return "v=" + Base64.getEncoder().encodeToString(hmac(serverKey, authenticated));
    }
  }

  private static byte[] decoded(String base64) throws Refused {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new Refused("the proof is not Base64");
    }
  }

  private static Map<String, String> fields(String message) {
    Map<String, String> fields = new HashMap<>();
    for (String field : message.split(",", -1)) {
      if (field.length() >= 2 && field.charAt(1) == '=') {
        fields.put(field.substring(0, 1), field.substring(2));
      }
    }
    return fields;
  }

  private static byte[] saltedPassword(String password, byte[] salt) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 256))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
