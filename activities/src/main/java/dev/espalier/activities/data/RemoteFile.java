package dev.espalier.activities.data;

import java.net.URI;
import java.util.OptionalLong;

/**
 * A file on the web and what it must be.
 *
 * @param fileName what it is called here
 * @param bytes its length, where that is known: then another file shows before it is downloaded
 */
record RemoteFile(URI uri, String fileName, FileDigest digest, OptionalLong bytes) {
  static RemoteFile of(String uri, FileDigest digest) {
    URI place = URI.create(uri);
    return new RemoteFile(place, lastPart(place), digest, OptionalLong.empty());
  }

  /** The last part of an address's path. */
  static String lastPart(URI uri) {
    String path = uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
