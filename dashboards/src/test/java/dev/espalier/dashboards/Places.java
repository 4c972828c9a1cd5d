package dev.espalier.dashboards;

import java.nio.file.Path;

/** Where what is tested lies in the repository. */
final class Places {
  private static final Path MODULE =
      Path.of(System.getProperty("espalier.root", "..")).resolve("dashboards");

  static final Path DASHBOARD = MODULE.resolve("grafana/espalier.json");
  static final Path PROVISIONING = MODULE.resolve("grafana/provisioning");
  static final Path PROMETHEUS = MODULE.resolve("prometheus");

  private Places() {}
}
