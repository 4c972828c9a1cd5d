package dev.espalier.workflows.fake;

import java.util.concurrent.CountDownLatch;

/** A note that the store does not take before it is let: what happens meanwhile comes first. */
public final class HeldNote {
  private final String name;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch let = new CountDownLatch(1);

  HeldNote(String name) {
    this.name = name;
  }

  void meet() {
    reached.countDown();
    Patience.until(name + " may be taken", let);
  }

  public void awaitReached() {
    Patience.until(name + " is being taken", reached);
  }

  public void let() {
    let.countDown();
  }
}
