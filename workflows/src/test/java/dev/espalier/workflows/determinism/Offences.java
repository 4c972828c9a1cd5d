package dev.espalier.workflows.determinism;

import java.io.File;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** One class for each thing that workflow code may not do, so that no rule can rot unseen. */
final class Offences {
  private Offences() {}

  static final class ReadsTheClock {
    long now() {
      return System.currentTimeMillis();
    }
  }

  static final class ReadsTheFineClock {
    long now() {
      return System.nanoTime();
    }
  }

  static final class AsksForTheInstant {
    Instant now() {
      return Instant.now();
    }
  }

  static final class AsksForTheDay {
    @SuppressWarnings("JavaTimeDefaultTimeZone") // an offence, on purpose
    LocalDate now() {
      return LocalDate.now();
    }
  }

  static final class DrawsAnId {
    UUID id() {
      return UUID.randomUUID();
    }
  }

  static final class DrawsANumber {
    double number() {
      return Math.random();
    }
  }

  static final class MakesAGenerator {
    Random generator() {
      return new Random(1);
    }
  }

  static final class StartsAThread {
    Thread thread() {
      return new Thread(() -> {});
    }
  }

  static final class MakesAnExecutor {
    void shutDown() {
      Executors.newCachedThreadPool().shutdown();
    }
  }

  static final class Locks {
    boolean locked() {
      return new ReentrantLock().isLocked();
    }
  }

  static final class LooksAtAFile {
    boolean there() {
      return new File("there").exists();
    }
  }

  static final class ReadsTheEnvironment {
    String home() {
      return System.getenv().getOrDefault("HOME", "");
    }
  }

  static final class ReadsAProperty {
    String home() {
      return System.getProperty("user.home", "");
    }
  }

  static final class LogsAlsoInReplays {
    String logger() {
      return LoggerFactory.getLogger(LogsAlsoInReplays.class).getName();
    }
  }

  static final class MakesAHashMap {
    Map<String, String> map() {
      return new HashMap<>();
    }
  }

  static final class MakesAHashSet {
    Set<String> set() {
      return new HashSet<>();
    }
  }

  static final class CollectsIntoAHashSet {
    Set<String> set(List<String> list) {
      return list.stream().collect(Collectors.toSet());
    }
  }

  static final class WorksInParallel {
    int sum(List<Integer> list) {
      return list.parallelStream().mapToInt(each -> each).sum();
    }
  }

  static final class KeepsStaticState {
    static int count;

    int next() {
      return count++;
    }
  }

  static final class StartsWorkflowsItself {
    void start(io.temporal.client.WorkflowClient client) {
      client.newUntypedWorkflowStub("id").cancel();
    }
  }
}
