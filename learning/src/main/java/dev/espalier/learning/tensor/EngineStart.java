package dev.espalier.learning.tensor;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import dev.espalier.search.failure.InvalidInput;

/** Loads the natives with one arithmetic, one thread and no downloads, and checks their version. */
final class EngineStart {
  private EngineStart() {}

  static Engine engine() {
    Scope.requirePlatformThread();
    setUnlessGiven("ai.djl.offline", "true");
    setUnlessGiven("offline", "true");
    setUnlessGiven("ai.djl.pytorch.num_threads", "1");
    setUnlessGiven("ai.djl.pytorch.num_interop_threads", "1");
    Arithmetic.ofThisMachine().pin();
    Engine engine = load();
    String version = engine.getVersion();
    if (!version.equals(Torch.VERSION) && !version.startsWith(Torch.VERSION + "-")) {
      throw new InvalidInput(
          "the tensor engine needs libtorch %s, but found %s (PYTORCH_LIBRARY_PATH=%s). Install"
                  .formatted(Torch.VERSION, version, System.getenv("PYTORCH_LIBRARY_PATH"))
              + " torch==%s there, or unset PYTORCH_LIBRARY_PATH for the processor"
                  .formatted(Torch.VERSION));
    }
    return engine;
  }

  private static Engine load() {
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException | UnsatisfiedLinkError | ExceptionInInitializerError e) {
      throw new InvalidInput(
          "the tensor engine's natives cannot be loaded (%s). Run: espalier doctor"
              .formatted(rootMessage(e)),
          e);
    }
  }

  static void requireGpu(Engine engine, int index) {
    int count = engine.getGpuCount();
    if (index >= count) {
      throw new InvalidInput(
          count == 0
              ? ("cuda:%d was asked for, but the tensor engine sees no GPU: "
                      + "use cpu, or install a driver and libtorch %s for CUDA and set PYTORCH_LIBRARY_PATH, "
                      + "PYTORCH_VERSION=%s and PYTORCH_FLAVOR=cu128")
                  .formatted(index, Torch.VERSION, Torch.VERSION)
              : "cuda:%d was asked for, but this machine has %d: use cuda:0 to cuda:%d"
                  .formatted(index, count, count - 1));
    }
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
