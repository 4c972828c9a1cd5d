package dev.espalier.cli.up;

/** Closes something in order when the process is told to end (SIGTERM, SIGINT). */
final class UntilSignal implements AutoCloseable {
  private final Thread hook;

  private UntilSignal(Thread hook) {
    this.hook = hook;
  }

  static UntilSignal closing(Runnable close) {
    Thread hook = Thread.ofPlatform().name("end").unstarted(close);
    Runtime.getRuntime().addShutdownHook(hook);
    return new UntilSignal(hook);
  }

  /** It ended by itself: nothing is left to close at the process's end. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came: the hook is doing its work.
    }
  }
}
