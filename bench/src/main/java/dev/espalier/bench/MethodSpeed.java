package dev.espalier.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.espalier.learning.memory.ResidentMemory;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.learning.ntk.ConditionNumber;
import dev.espalier.learning.ntk.Kernel;
import dev.espalier.learning.ntk.KernelDefinition;
import dev.espalier.learning.space.nasbench201.kernel.AutogradKernel;
import dev.espalier.learning.space.nasbench201.kernel.KernelMethod;
import dev.espalier.learning.space.nasbench201.kernel.TensorKernel;
import dev.espalier.learning.space.nasbench201.kernel.VectorKernel;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Times one kernel by one method, on noise, in one thread: of the supernet with four operators an
 * edge, and of two single cells.
 *
 * <p>Arguments: {@code method=autograd|tensors|vectors} (tensors), {@code device=cpu}, {@code
 * batch=72}, {@code image=32}, {@code definition=summed}, {@code repeats=5}. Prints one line of
 * JSON: of each network the processor seconds of every repeat (the first ones compile), the wall
 * seconds of the last one and the condition number. The processor time is the whole process's.
 */
public final class MethodSpeed {
  private static final Map<String, OperatorMask> NETWORKS =
      new TreeMap<>(
          Map.of(
              "supernet",
              OperatorMask.full(EnumSet.complementOf(EnumSet.of(Operator.NONE))),
              "residual",
              OperatorMask.parse(
                  "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|"),
              "all conv 3x3",
              OperatorMask.full(EnumSet.of(Operator.NOR_CONV_3X3))));

  private MethodSpeed() {}

  public static void main(String[] arguments) {
    Map<String, String> options =
        new TreeMap<>(
            Map.of(
                "method",
                "tensors",
                "device",
                "cpu",
                "batch",
                "72",
                "image",
                "32",
                "definition",
                "summed",
                "repeats",
                "5"));
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length != 2 || options.replace(parts[0], parts[1]) == null) {
        throw new InvalidInput(
            "%s is no option: use name=value with one of %s".formatted(argument, options.keySet()));
      }
    }
    Torch torch = Torch.on(options.getOrDefault("device", ""));
    NetworkPlan plan = NetworkPlan.whole(3, 1, 10, 3);
    Map<String, Object> report = new LinkedHashMap<>(options);
    report.put("numericClass", torch.numericClass());
    for (Map.Entry<String, OperatorMask> network : NETWORKS.entrySet()) {
      KernelMethod kernels = method(options.getOrDefault("method", ""), torch, plan);
      report.put(network.getKey(), measure(kernels, network.getValue(), plan, options));
    }
    report.put("residentMegabytes", ResidentMemory.bytes() >> 20);
    System.out.println(Json.write(report));
  }

  private static KernelMethod method(String name, Torch torch, NetworkPlan plan) {
    return switch (name) {
      case "autograd" -> new AutogradKernel(torch, plan);
      case "tensors" -> new TensorKernel(torch, plan);
      case "vectors" -> new VectorKernel(plan);
      default ->
          throw new InvalidInput(
              "method is autograd, tensors or vectors, but not \"%s\"".formatted(name));
    };
  }

  private static Map<String, Object> measure(
      KernelMethod kernels, OperatorMask mask, NetworkPlan plan, Map<String, String> options) {
    int image = Integer.parseInt(options.getOrDefault("image", ""));
    float[] images =
        new float[Integer.parseInt(options.getOrDefault("batch", "")) * 3 * image * image];
    RandomStream.of(0, "method-speed").fillGaussian(images, 1);
    ParameterSource source =
        ParameterSource.drawn(Initialization.KAIMING_FAN_OUT, 0, "method-speed");
    Map<String, float[]> parameters = new HashMap<>();
    for (ParameterSpecification each : plan.parameters(mask)) {
      parameters.put(each.name(), source.values(each));
    }
    KernelDefinition definition = KernelDefinition.of(options.getOrDefault("definition", ""));
    List<Object> seconds = new ArrayList<>();
    Map<String, Object> found = new LinkedHashMap<>();
    for (int repeat = 0; repeat < Integer.parseInt(options.getOrDefault("repeats", "")); repeat++) {
      double cpu = cpuSeconds();
      long wall = System.nanoTime();
      Kernel kernel = kernels.kernel(definition, parameters, mask, images, image, () -> {});
      found.put("wallSeconds", (System.nanoTime() - wall) / 1e9);
      seconds.add(cpuSeconds() - cpu);
      found.put("condition", ConditionNumber.published(kernel).value());
    }
    found.put("cpuSeconds", seconds);
    return found;
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }
}
