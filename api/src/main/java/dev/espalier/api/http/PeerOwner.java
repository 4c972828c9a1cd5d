package dev.espalier.api.http;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Which user of this machine is at the other end of a connection over loopback, as the system's
 * tables of sockets tell (Linux, proc(5)).
 */
final class PeerOwner {
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int USER = 7;
  private static final String MAPPED = "0000000000000000FFFF0000";

  private final Path tables;

  PeerOwner(Path tables) {
    this.tables = tables;
  }

  /** As this system tells. */
  static PeerOwner ofSystem() {
    return new PeerOwner(Path.of("/proc/net"));
  }

  /**
   * The number of the user whose socket is connected from {@code peer} to {@code own}; empty where
   * the system does not tell, and for a peer on another machine.
   */
  OptionalLong of(InetSocketAddress peer, InetSocketAddress own) {
    List<String> froms = spelt(peer);
    List<String> tos = spelt(own);
    for (String table : List.of("tcp", "tcp6")) {
      try (Stream<String> lines = Files.lines(tables.resolve(table))) {
        OptionalLong found =
            lines
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns.length > USER)
                .filter(columns -> froms.contains(columns[LOCAL]) && tos.contains(columns[REMOTE]))
                .mapToLong(columns -> Long.parseLong(columns[USER]))
                .findFirst();
        if (found.isPresent()) {
          return found;
        }
      } catch (IOException | java.io.UncheckedIOException | NumberFormatException e) {
        // no such table: no such system
      }
    }
    return OptionalLong.empty();
  }

  /** The tables write addresses as words of the machine's byte order, ports as they are. */
  private static List<String> spelt(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    ByteBuffer bytes = ByteBuffer.wrap(host.getAddress());
    StringBuilder words = new StringBuilder();
    while (bytes.hasRemaining()) {
      int word = bytes.getInt();
      int shown =
          ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(word) : word;
      words.append(HexFormat.of().withUpperCase().toHexDigits(shown));
    }
    String port = String.format(Locale.ROOT, ":%04X", address.getPort());
    return host instanceof Inet4Address
        ? List.of(words + port, MAPPED + words + port)
        : List.of(words + port);
  }
}
