package dev.espalier.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.espalier.store.Store;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An embedded store in a process of its own, with some threads that write to it without an end and
 * print each write once it is acknowledged. It ends with its standard input, or is killed.
 */
final class StoreProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final String uri;

  private StoreProcess(Process process, BufferedReader output, String uri) {
    this.process = process;
    this.output = output;
    this.uri = uri;
  }

  static StoreProcess start(Path file, int port, int writers) throws IOException {
    return start(List.of(), file, port, writers);
  }

  /** With a command before it, of which the process is the last argument. */
  static StoreProcess start(List<String> before, Path file, int port, int writers)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            java,
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            file.toString(),
            Integer.toString(port),
            Integer.toString(writers)));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Process process = new ProcessBuilder(command).redirectError(new File(file + ".errors")).start();
    BufferedReader output = process.inputReader();
    String uri = output.readLine();
    if (uri == null) {
      throw new IOException("the store's process ended at once: see " + file + ".errors");
    }
    return new StoreProcess(process, output, uri);
  }

  String uri() {
    return uri;
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return java.net.URI.create(uri).getPort();
  }

  /** Reads so many acknowledged writes. */
  List<String> acknowledged(int count) throws IOException {
    List<String> writes = new ArrayList<>();
    while (writes.size() < count) {
      String write = output.readLine();
      if (write == null) {
        throw new IOException("the store's process ended after " + writes.size() + " writes");
      }
      writes.add(write);
    }
    return writes;
  }

  /** Kills the process (SIGKILL) and reads what was acknowledged to the last. */
  List<String> kill() {
    process.toHandle().destroyForcibly(); // the handle's, for the process's own closes the output
    List<String> writes = new ArrayList<>();
    try (Stream<String> rest = output.lines()) {
      rest.forEach(writes::add);
    }
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    return writes;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void write(Store store, String writer, int number) {
    switch (number % 3) {
      case 0 -> store.measurements().record(writer, number, "value", "{\"n\":" + number + "}");
      case 1 -> store.events().append(writer, "key/" + number, "kind", "some text", "test");
      default -> store.artifacts().put(artifact(writer, number), "test", Map.of());
    }
  }

  static byte[] artifact(String writer, int number) {
    return (writer + "/" + number + "x".repeat(9_000)).getBytes(UTF_8);
  }

  static void main(String[] arguments) throws IOException {
    EmbeddedStore server =
        EmbeddedStore.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    System.out.println(server.uri());
    for (int writer = 0; writer < Integer.parseInt(arguments[2]); writer++) {
      String name = "writer" + writer + "-" + ProcessHandle.current().pid();
      Thread.ofPlatform().daemon().start(() -> writeForEver(server, name));
    }
    while (System.in.read() >= 0) {}
  }

  private static void writeForEver(EmbeddedStore server, String writer) {
    try (Store store = Store.connect(server.uri())) {
      for (int number = 0; ; number++) {
        write(store, writer, number);
        System.out.println(writer + "/" + number);
      }
    }
  }
}
