package dev.espalier.api.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the other users of this machine: a port on loopback is open to all of them, an
 * installation is one person's. The system is asked whose socket is at the other end; where it does
 * not tell, nobody is refused.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class OtherUsersFilter implements Ordered {
  /** Its relays (tunnels, containers, virtual machines) speak for people it has let in. */
  private static final long ROOT = 0;

  private final PeerOwner owners = PeerOwner.ofSystem();
  private final OptionalLong own = ownUser();

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  @Nullable HttpResponse<?> refuseOthers(HttpRequest<?> request) {
    InetSocketAddress peer = request.getRemoteAddress();
    if (own.isEmpty() || peer == null || !peer.getAddress().isLoopbackAddress()) {
      return null;
    }
    OptionalLong user = owners.of(peer, request.getServerAddress());
    if (user.isEmpty() || user.getAsLong() == ROOT || user.equals(own)) {
      return null;
    }
    String detail =
        ("This installation belongs to another user of this machine (%d), and you are user %d. Start your own: "
                + "espalier up")
            .formatted(own.getAsLong(), user.getAsLong());
    return Problems.answer(request, HttpStatus.FORBIDDEN, detail, List.of(detail));
  }

  private static OptionalLong ownUser() {
    try {
      return OptionalLong.of(
          ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue());
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return OptionalLong.empty();
    }
  }
}
