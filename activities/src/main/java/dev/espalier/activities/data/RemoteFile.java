package dev.espalier.activities.data;

import java.net.URI;

/** A file on the web and the digest its publisher states. */
record RemoteFile(URI uri, FileDigest digest) {
  static RemoteFile of(String uri, FileDigest digest) {
    return new RemoteFile(URI.create(uri), digest);
  }

  /** The last part of its path. */
  String fileName() {
    String path = uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
