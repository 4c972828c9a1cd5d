package dev.espalier.learning.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The engine in words: what may change bits (the numeric class), and what is good to know. */
record EngineDescription(String numericClass, Map<String, String> environment) {
  EngineDescription {
    environment = Map.copyOf(environment);
  }

  static EngineDescription of(Engine engine, Device device) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("torch", Torch.VERSION);
    environment.put("djl", Engine.getDjlVersion());
    environment.put("java", Runtime.version().toString());
    environment.put("threads", String.valueOf(JniUtils.getNumThreads()));
    String numericClass;
    if (device.isGpu()) {
      String model = CudaDriver.model(device.getDeviceId());
      environment.put("device", "cuda:" + device.getDeviceId());
      environment.put("model", model);
      numericClass = "cuda/%s/torch-%s".formatted(slug(model), Torch.VERSION);
    } else {
      String instructions = instructionSet();
      environment.put("device", "cpu");
      environment.put("instructions", instructions);
      numericClass =
          "cpu/torch-%s/%s/threads-%d"
              .formatted(Torch.VERSION, instructions, JniUtils.getNumThreads());
    }
    environment.put("engine", engine.getEngineName() + " " + engine.getVersion());
    environment.put("numericClass", numericClass);
    return new EngineDescription(numericClass, environment);
  }

  /**
   * The vector width that libtorch and oneDNN are pinned to by the launcher; anything else computes
   * other bits on other machines and is named so.
   */
  private static String instructionSet() {
    String aten = pinned("ATEN_CPU_CAPABILITY");
    String dnn = pinned("ONEDNN_MAX_CPU_ISA");
    return aten.equals(dnn) ? aten : aten + "-" + dnn;
  }

  private static String pinned(String variable) {
    String value = System.getenv(variable);
    return value == null || value.isBlank() ? "unpinned" : value.toLowerCase(Locale.ROOT);
  }

  private static String slug(String model) {
    return model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
