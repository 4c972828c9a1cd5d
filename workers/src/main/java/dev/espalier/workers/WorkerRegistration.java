package dev.espalier.workers;

/** Tells a worker what it can do. */
@FunctionalInterface
public interface WorkerRegistration {
  /**
   * Registers workflow and activity implementations; called once, before polling begins.
   *
   * @return closed when all work has stopped
   */
  Registered register(WorkerContext context);

  /** What the implementations hold. */
  @FunctionalInterface
  interface Registered extends AutoCloseable {
    @Override
    void close();
  }
}
