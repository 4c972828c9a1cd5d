package dev.espalier.cli.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How fast something is being done, over about the last minute.
 *
 * <p>The count may start again from zero (a new round); what was done before it still tells the
 * pace. Time is given from outside, in seconds of any one clock.
 */
public final class Pace {

  private static final double WINDOW_SECONDS = 60;
  private static final double LEAST_SECONDS = 2;

  private final Deque<double[]> samples = new ArrayDeque<>(); // {seconds, done in all}
  private String work = "";
  private double last;
  private double before;

  /**
   * Notes how much is done.
   *
   * @param work what is being done; another name begins anew
   */
  public void observe(String work, double done, double seconds) {
    if (!work.equals(this.work)) {
      this.work = work;
      samples.clear();
      before = 0;
    } else if (done < last) {
      before += last;
    }
    last = done;
    double all = before + done;
    double[] newest = samples.peekLast();
    if (newest == null || all > newest[1]) {
      samples.addLast(new double[] {seconds, all});
    }
    while (samples.size() > 2 && samples.getFirst()[0] < seconds - WINDOW_SECONDS) {
      samples.removeFirst();
    }
  }

  /** Done per second; empty until there is enough to go by. */
  public OptionalDouble perSecond(double now) {
    double[] first = samples.peekFirst();
    double[] newest = samples.peekLast();
    if (first == null || newest == null || samples.size() < 2) {
      return OptionalDouble.empty();
    }
    // While nothing new is done the pace falls, but not before the usual pause between two is over.
    double usual = (newest[0] - first[0]) / (samples.size() - 1);
    double seconds = Math.max(newest[0], now - usual) - first[0];
    return seconds < LEAST_SECONDS
        ? OptionalDouble.empty()
        : OptionalDouble.of((newest[1] - first[1]) / seconds);
  }
}
