package dev.espalier.api.http;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells calls of this machine's people from those of web pages of other sites.
 *
 * <p>Loopback alone does not: a foreign page can post to it (cross-site request forgery), or let
 * its own name resolve to 127.0.0.1 and then read it (DNS rebinding). So the {@code Host} must name
 * this machine, and a call that changes something must come from the page itself or from a program,
 * which sends no {@code Origin}.
 */
public final class SameMachine {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private SameMachine() {}

  /**
   * Why a request is refused; empty if it is not.
   *
   * @param header the value of a header by its name, null if there is none
   */
  public static Optional<String> refusal(String method, Function<String, @Nullable String> header) {
    String host = header.apply("Host");
    if (host == null || !LoopbackAddress.isAuthority(host)) {
      return Optional.of(
          ("The Host header was %s, but this server answers only as localhost, 127.0.0.1 or [::1]. "
                  + "Open it by one of these.")
              .formatted(host == null ? "missing" : host));
    }
    if (READING.contains(method)) {
      return Optional.empty();
    }
    String origin = header.apply("Origin");
    if (origin != null && !origin.equals("http://" + host)) {
      return Optional.of(
          ("The call comes from a page of %s, but only the page of http://%s may change anything here. "
                  + "From a program, leave the Origin header out.")
              .formatted(origin, host));
    }
    String site = header.apply("Sec-Fetch-Site");
    return site == null || site.equals("same-origin") || site.equals("none")
        ? Optional.empty()
        : Optional.of(
            ("The browser says that this call comes from another site (Sec-Fetch-Site: %s); "
                    + "only the page of http://%s may change anything here.")
                .formatted(site, host));
  }
}
