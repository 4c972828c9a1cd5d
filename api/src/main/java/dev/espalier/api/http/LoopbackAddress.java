package dev.espalier.api.http;

import dev.espalier.search.failure.InvalidInput;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names under which a program on this machine calls this machine. */
public final class LoopbackAddress {
  private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private LoopbackAddress() {}

  /** Whether {@code host}, without port, can only mean this machine. No name is looked up. */
  public static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.equals("::1")
        || IPV4.matcher(name).matches();
  }

  /**
   * Whether the authority of a URL or a {@code Host} header, with or without a port, is this
   * machine.
   */
  static boolean isAuthority(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean port = colon > authority.lastIndexOf(']');
    return is(port ? authority.substring(0, colon) : authority);
  }

  /** Refuses to listen anywhere else, since nobody is asked for a password yet. */
  public static String require(String host) {
    if (!is(host)) {
      throw new InvalidInput(
          ("The API listens on this machine only, since it asks nobody for a password: "
                  + "host was %s, allowed are 127.0.0.1, ::1 and localhost. From another machine, use a tunnel: "
                  + "ssh -L 8420:127.0.0.1:8420 THIS-MACHINE")
              .formatted(host));
    }
    return host;
  }
}
