package dev.espalier.cli.doctor;

import dev.espalier.cli.home.Home;
import dev.espalier.learning.tensor.Arithmetic;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.workers.provision.CpuNatives;
import dev.espalier.workers.provision.GpuNatives;

/** The tensor engine and what it computes on. */
final class EngineChecks {
  private EngineChecks() {}

  static Finding engine(Home home) {
    try {
      if (System.getenv("DJL_CACHE_DIR") == null) {
        System.setProperty("DJL_CACHE_DIR", home.engine().toString());
      }
      Torch torch = CpuNatives.warm();
      return Finding.ok(
          "engine",
          "libtorch %s computes on the processor (%s)"
              .formatted(Torch.VERSION, torch.numericClass()));
    } catch (RuntimeException | LinkageError e) {
      return Finding.problem(
          "engine",
          String.valueOf(e.getMessage()),
          ("rm -rf %s, then espalier doctor: the libraries are unpacked anew (Linux x86-64 with glibc "
                  + "2.28 or newer is needed)")
              .formatted(home.engine().resolve("pytorch")));
    }
  }

  static Finding device(Home home) {
    Arithmetic arithmetic = Arithmetic.ofThisMachine();
    String processor =
        "%d cores, %s".formatted(Runtime.getRuntime().availableProcessors(), arithmetic.name());
    if (!arithmetic.isCommon()) {
      return Finding.problem(
          "device",
          processor + ", without AVX2: digests will differ from those of other machines",
          "compute on a machine with AVX2 (any x86-64 processor since about 2015)");
    }
    if (!GpuNatives.driverPresent()) {
      return Finding.ok("device", processor + "; no GPU");
    }
    return GpuNatives.installed(home.engine()).isPresent()
        ? Finding.ok("device", processor + "; a GPU, and the libraries for it")
        : Finding.ok(
            "device",
            processor
                + "; a GPU, unused so far: espalier worker --queue gpu --device cuda:0 installs its libraries");
  }
}
