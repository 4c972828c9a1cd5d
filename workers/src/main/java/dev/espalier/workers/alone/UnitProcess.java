package dev.espalier.workers.alone;

import dev.espalier.activities.unit.AloneReport;
import dev.espalier.activities.unit.Failure;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.Store;
import dev.espalier.workers.alone.MarkedLines.Word;
import io.temporal.common.metadata.POJOActivityImplMetadata;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that runs one unit of work for a worker, and nothing else: it ends with it, and with
 * the worker.
 */
public final class UnitProcess {
  private static final Logger log = LoggerFactory.getLogger(UnitProcess.class);

  /** The unit gets this long to stop at a step boundary and write its checkpoint. */
  private static final long STOP_SECONDS = 15;

  private UnitProcess() {}

  /**
   * Reads its {@link Assignment} from its standard input.
   *
   * @param arguments name the home, for people who look at the processes
   */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ENGLISH); // as the process that it works for
    PrintStream out = System.out;
    System.setOut(System.err); // the worker's log; what is left on the other one is for the worker
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Assignment assignment = Json.read(in.readLine(), Assignment.class);
    Report report = new Report(out);
    CountDownLatch ended = new CountDownLatch(1);
    listen(in, report);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(report, ended)));
    try {
      run(assignment, report);
    } finally {
      ended.countDown();
    }
    System.exit(0); // whatever threads the engine has left
  }

  private static void listen(BufferedReader in, Report report) {
    Thread.ofPlatform()
        .daemon()
        .name("worker")
        .start(() -> {
          try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
              if (line.equals(MarkedLines.STOP)) {
                report.stop();
              }
            }
          } catch (IOException e) {
            log.debug("the worker's words cannot be read", e);
          }
          Runtime.getRuntime().halt(1); // the worker is gone: someone else takes the unit up
        });
  }

  /** A signal to this process stops the unit like a word from the worker. */
  private static void stop(Report report, CountDownLatch ended) {
    report.stop();
    try {
      var _ = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Assignment assignment, Report report) throws Exception {
    NetworksBySpace.requireProcessor();
    Torch torch = Torch.on(assignment.settings().device());
    if (!torch.numericClass().equals(assignment.numericClass())) {
      throw new IllegalStateException(
          "this process computes as %s, its worker as %s: the unit is not begun"
              .formatted(torch.numericClass(), assignment.numericClass()));
    }
    UnitRegistration registration =
        Class.forName(assignment.registration())
            .asSubclass(UnitRegistration.class)
            .getDeclaredConstructor()
            .newInstance();
    try (Store store = Store.connect(assignment.settings().mongodb())) {
      List<Object> activities =
          registration.activities(
              new UnitContext(
                  store,
                  torch,
                  assignment.settings(),
                  assignment.workerId(),
                  assignment.errand(),
                  report));
      String type = assignment.errand().activity();
      for (Object activity : activities) {
        for (POJOActivityMethodMetadata known :
            POJOActivityImplMetadata.newInstance(activity.getClass()).getActivityMethods()) {
          if (known.getActivityTypeName().equals(type)) {
            report.begun();
            invoke(known.getMethod(), activity, assignment.errand().request());
            return;
          }
        }
      }
      throw new IllegalStateException("no activity here is called " + type);
    }
  }

  private static void invoke(Method method, Object activity, String request) throws Exception {
    try {
      method.invoke(activity, Json.read(request, method.getParameterTypes()[0]));
    } catch (InvocationTargetException e) {
      log.warn("the unit has no result", e.getCause()); // the worker has been told
    }
  }

  /** Writes to the worker. */
  private static final class Report implements AloneReport {
    private static final long STEPS_APART_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private volatile boolean stop;
    private long lastStep = System.nanoTime();

    Report(PrintStream out) {
      this.out = out;
    }

    void stop() {
      stop = true;
    }

    void begun() {
      tell(Word.BEGUN, "");
    }

    @Override
    public boolean stopWanted() {
      return stop;
    }

    @Override
    public void pointed(String checkpoint) {
      tell(Word.POINT, checkpoint);
    }

    @Override
    public synchronized void stepped() {
      long now = System.nanoTime();
      if (now - lastStep > STEPS_APART_NANOS) {
        lastStep = now;
        tell(Word.STEP, "");
      }
    }

    @Override
    public void answered(String answer) {
      tell(Word.ANSWER, answer);
    }

    @Override
    public void failed(Failure failure) {
      tell(Word.FAILURE, Json.write(failure));
    }

    private synchronized void tell(Word word, String value) {
      out.println(MarkedLines.write(word, value));
      out.flush();
    }
  }
}
