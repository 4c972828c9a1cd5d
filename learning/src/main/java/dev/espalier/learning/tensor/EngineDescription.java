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

  /**
   * @param arithmetic the name of what the processor is held to
   */
  static EngineDescription of(Engine engine, Device device, String arithmetic) {
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
      environment.put("device", "cpu");
      environment.put("instructions", arithmetic);
      numericClass =
          "cpu/torch-%s/%s/threads-%d"
              .formatted(Torch.VERSION, arithmetic, JniUtils.getNumThreads());
    }
    environment.put("engine", engine.getEngineName() + " " + engine.getVersion());
    environment.put("numericClass", numericClass);
    return new EngineDescription(numericClass, environment);
  }

  private static String slug(String model) {
    return model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
