package dev.espalier.cli.home;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who listens on a loopback port, as far as the system tells ({@code /proc}). */
public final class Listening {
  private static final String LISTEN = "0A";

  /** The addresses, as the tables write them, at which {@code 127.0.0.1} is answered. */
  private static final Set<String> ADDRESSES =
      Set.of(
          "0100007F",
          "00000000",
          "0000000000000000FFFF00000100007F",
          "00000000000000000000000000000000");

  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  private Listening() {}

  /** Whether another process than this one listens there; false where it cannot be known. */
  public static boolean isTakenFrom(long pid, int port) {
    try {
      Set<String> listening = new HashSet<>();
      for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
        if (Files.exists(Path.of(table))) {
          listening.addAll(sockets(Path.of(table), port));
        }
      }
      return !listening.isEmpty() && !holdsOne(pid, listening);
    } catch (IOException e) {
      return false;
    }
  }

  /** The columns, by number: 1 local address and port, 3 state, 9 inode (see proc(5)). */
  private static Set<String> sockets(Path table, int port) throws IOException {
    Set<String> sockets = new HashSet<>();
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    for (String line : Files.readAllLines(table)) {
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length > 9
          && columns[3].equals(LISTEN)
          && columns[1].endsWith(suffix)
          && ADDRESSES.contains(columns[1].substring(0, columns[1].length() - suffix.length()))) {
        sockets.add(columns[9]);
      }
    }
    return sockets;
  }

  private static boolean holdsOne(long pid, Set<String> sockets) throws IOException {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : open) {
        Matcher socket = SOCKET.matcher(target(descriptor));
        if (socket.matches() && sockets.contains(socket.group(1))) {
          return true;
        }
      }
      return false;
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
