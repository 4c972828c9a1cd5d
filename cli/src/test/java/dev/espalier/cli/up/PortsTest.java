package dev.espalier.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.cli.home.Home;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir Path folder;
  private Home home;

  @BeforeEach
  void prepare() {
    home = new Home(folder).prepare();
  }

  private static ServerSocket take(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  @Test
  void keepsThePortsOfAHomeFromOneUpToTheNext() {
    int api = new Ports(home).of("api");

    assertThat(new Ports(home).of("api")).isEqualTo(api);
    assertThat(new Ports(home).of("store")).isNotEqualTo(api);
  }

  @Test
  void choosesAnotherWhereSomeoneElseTookIt() throws IOException {
    int api = new Ports(home).of("api");

    try (ServerSocket _ = take(api)) {
      assertThat(new Ports(home).of("api")).isNotEqualTo(api);
    }
  }

  @Test
  void staysBelowThePortsThatSystemsGiveToOutgoingConnections() {
    assertThat(new Ports(home).of("temporal")).isBetween(20_000, 31_999);
  }

  @Test
  void refusesAPortThatWasAskedForAndIsTaken() throws IOException {
    int taken = new Ports(home).of("someone");

    try (ServerSocket _ = take(taken)) {
      assertThatThrownBy(() -> new Ports(home).fixed("api", taken))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("port %d is taken".formatted(taken));
    }
  }

  @Test
  void choosesAnewWhenItsFileIsTorn() throws IOException {
    Files.writeString(home.portsFile(), "{\"api\":");

    assertThat(new Ports(home).of("api")).isPositive();
  }
}
