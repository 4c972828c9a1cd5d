package dev.espalier.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.InvalidInput;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class WorkerSettingsTest {
  private static WorkerSettings settings(String queue, String device, int slots) {
    return new WorkerSettings(
        queue,
        device,
        slots,
        "127.0.0.1:7233",
        "default",
        "mongodb://127.0.0.1/espalier",
        Path.of("home"),
        0);
  }

  @Test
  void tellAllProblemsAtOnce() {
    assertThatThrownBy(() -> settings("tpu", "cuda", 0))
        .asInstanceOf(InstanceOfAssertFactories.type(InvalidInput.class))
        .extracting(InvalidInput::problems)
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .hasSize(3)
        .anyMatch(problem -> problem.contains("--queue must be cpu or gpu, but was 'tpu'"))
        .anyMatch(problem -> problem.contains("cuda:0"))
        .anyMatch(problem -> problem.contains("--slots must be between 1 and 1024, but was 0"));
  }

  @Test
  void refuseADeviceThatDoesNotFitTheQueue() {
    assertThatThrownBy(() -> settings("cpu", "cuda:0", 1)).hasMessageContaining("use --queue gpu");
    assertThatThrownBy(() -> settings("gpu", "cpu", 1)).hasMessageContaining("use --queue cpu");
  }

  @Test
  void nameTheWorkerAfterItsDevice() {
    assertThat(settings("cpu", "cpu", 2).name()).isEqualTo("worker-cpu");
    assertThat(settings("gpu", "cuda:1", 1).name()).isEqualTo("worker-cuda-1");
  }
}
