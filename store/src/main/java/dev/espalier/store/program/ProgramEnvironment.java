package dev.espalier.store.program;

import dev.espalier.search.settings.OwnProgram;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment of a program: all of it. */
public final class ProgramEnvironment {
  /** What a program may see of the worker's own, where passwords are too. */
  private static final List<String> PASSED =
      List.of(
          "PATH",
          "HOME",
          "USER",
          "LANG",
          "LC_ALL",
          "TZ",
          "TMPDIR",
          "LD_LIBRARY_PATH",
          "CUDA_VISIBLE_DEVICES",
          "SSL_CERT_FILE");

  private ProgramEnvironment() {}

  /** Some of this process's, one thread and no chance unless it is said, and what was given. */
  public static Map<String, String> of(OwnProgram program) {
    Map<String, String> all = new TreeMap<>();
    for (String name : PASSED) {
      String value = System.getenv(name);
      if (value != null) {
        all.put(name, value);
      }
    }
    all.put("OMP_NUM_THREADS", "1");
    all.put("MKL_NUM_THREADS", "1");
    all.put("PYTHONHASHSEED", "0");
    all.put("PYTHONUNBUFFERED", "1");
    for (String each : program.environment()) {
      int sign = each.indexOf('=');
      all.put(each.substring(0, sign), each.substring(sign + 1));
    }
    return all;
  }
}
