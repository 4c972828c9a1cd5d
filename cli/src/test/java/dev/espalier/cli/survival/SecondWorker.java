package dev.espalier.cli.survival;

import java.nio.file.Path;

/** A worker beside the one that {@code up} keeps, on the same servers. */
final class SecondWorker {
  private SecondWorker() {}

  static Process start(LiveHome live) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.espalier.cli.Main",
            "worker",
            "--queue",
            "cpu",
            "--device",
            "cpu",
            "--slots",
            "1",
            "--home",
            live.home().toString())
        .redirectErrorStream(true)
        .redirectOutput(live.home().logs().resolve("second-worker.log").toFile())
        .start();
  }
}
