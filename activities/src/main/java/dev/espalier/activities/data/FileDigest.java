package dev.espalier.activities.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A digest as its publisher states it.
 *
 * @param algorithm {@code MD5} or {@code SHA-256}
 * @param hex lower-case
 */
record FileDigest(String algorithm, String hex) {
  static FileDigest md5(String hex) {
    return new FileDigest("MD5", hex);
  }

  static FileDigest sha256(String hex) {
    return new FileDigest("SHA-256", hex);
  }

  /** The digest of a file by this one's algorithm. */
  FileDigest of(Path file) throws IOException {
    MessageDigest digest = newDigest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return new FileDigest(algorithm, HexFormat.of().formatHex(digest.digest()));
  }

  private MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  @Override
  public String toString() {
    return algorithm + " " + hex;
  }
}
