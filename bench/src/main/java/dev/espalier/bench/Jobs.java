package dev.espalier.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.espalier.search.canonical.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Jobs that come as lines of text. Each is done by one thread, begun in the order of the lines, and
 * answered as soon as it is done by a line of JSON that repeats the job and says what CPU seconds
 * its thread spent. So what is killed can go on with the jobs that have no answer yet.
 */
final class Jobs {
  /** Does one job, in the thread that calls. */
  interface Work {
    /**
     * @param words of the job's line
     */
    Map<String, Object> done(List<String> words) throws Exception;
  }

  private final Work work;
  private final PrintStream answers;

  private Jobs(Work work, PrintStream answers) {
    this.work = work;
    this.answers = answers;
  }

  /**
   * Does all jobs.
   *
   * @throws ExecutionException with the cause of the first job that failed, when all are over
   */
  static void run(InputStream lines, PrintStream answers, int threads, Work work)
      throws InterruptedException, ExecutionException {
    Jobs jobs = new Jobs(work, answers);
    List<Future<?>> begun = new ArrayList<>();
    try (ExecutorService slots = Executors.newFixedThreadPool(threads)) {
      for (String line : read(lines)) {
        begun.add(
            slots.submit(() -> {
              jobs.answer(line);
              return line;
            }));
      }
    }
    for (Future<?> each : begun) {
      each.get();
    }
  }

  private static List<String> read(InputStream lines) {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(lines, UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(String line) throws Exception {
    double start = cpuSeconds();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("job", line);
    answer.putAll(work.done(List.of(line.split(" ", -1))));
    answer.put("cpuSeconds", cpuSeconds() - start);
    String json = Json.write(answer);
    synchronized (answers) {
      answers.println(json);
      answers.flush();
    }
  }

  /** Of this thread, the engine's work included. */
  static double cpuSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
