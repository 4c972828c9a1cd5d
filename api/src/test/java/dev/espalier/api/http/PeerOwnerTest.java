package dev.espalier.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whose socket is at the other end. */
final class PeerOwnerTest {
  @TempDir private Path folder;

  private static InetSocketAddress at(String address, int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(address), port);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aConnectionOfThisProcessIsOfItsUser() throws IOException {
    for (String address : List.of("127.0.0.1", "::1")) {
      InetAddress loopback = InetAddress.getByName(address);
      try (ServerSocket server = new ServerSocket(0, 1, loopback);
          Socket client = new Socket(loopback, server.getLocalPort());
          Socket accepted = server.accept()) {
        long own = ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        assertThat(
                PeerOwner.ofSystem()
                    .of(
                        (InetSocketAddress) accepted.getRemoteSocketAddress(),
                        (InetSocketAddress) client.getRemoteSocketAddress()))
            .isEqualTo(OptionalLong.of(own));
      } catch (java.net.BindException noIpv6) {
        assertThat(address).isEqualTo("::1");
      }
    }
  }

  /** As the system writes it on machines whose words begin with their low byte. */
  @Test
  void theUserStandsInTheTableOfSockets() throws IOException {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      return;
    }
    Files.writeString(
        folder.resolve("tcp"),
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
           0: 0100007F:20E4 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0
           1: 0100007F:9C40 0100007F:20E4 01 00000000:00000000 00:00000000 00000000  1001
           2: 0100007F:20E4 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     7
        """);
    Files.writeString(
        folder.resolve("tcp6"),
        """
          sl  local_address remote_address st tx_queue rx_queue tr tm->when retrnsmt uid
           0: 0000000000000000FFFF00000100007F:9C41 0000000000000000FFFF00000100007F:20E4 01 0:0 00:0 0  1002
           1: 00000000000000000000000001000000:9C42 00000000000000000000000001000000:20E4 01 0:0 00:0 0  1003
        """);
    PeerOwner owners = new PeerOwner(folder);
    assertThat(owners.of(at("127.0.0.1", 0x9C40), at("127.0.0.1", 0x20E4))).hasValue(1001);
    assertThat(owners.of(at("127.0.0.1", 0x9C41), at("127.0.0.1", 0x20E4))).hasValue(1002);
    assertThat(owners.of(at("::1", 0x9C42), at("::1", 0x20E4))).hasValue(1003);
    assertThat(owners.of(at("127.0.0.1", 0x9C43), at("127.0.0.1", 0x20E4))).isEmpty();
    assertThat(new PeerOwner(folder.resolve("none")).of(at("127.0.0.1", 1), at("127.0.0.1", 2)))
        .isEmpty();
  }
}
