package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.workers.provision.GpuNatives;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A worker to run: one a device.
 *
 * @param environment what the device's libraries need
 */
record WorkerPlan(
    String name, String queue, String device, int slots, Map<String, String> environment) {

  /** The processor; and a GPU, once its libraries have been installed. */
  static List<WorkerPlan> of(Home home, int slots) {
    List<WorkerPlan> plans = new ArrayList<>();
    plans.add(new WorkerPlan("worker-cpu", "cpu", "cpu", slots, Map.of()));
    if (GpuNatives.driverPresent()) {
      GpuNatives.installed(home.engine())
          .ifPresent(natives ->
              plans.add(
                  new WorkerPlan(
                      "worker-cuda-0", "gpu", "cuda:0", 1, natives.environment(System.getenv()))));
    }
    return List.copyOf(plans);
  }
}
