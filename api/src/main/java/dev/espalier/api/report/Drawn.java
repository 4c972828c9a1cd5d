package dev.espalier.api.report;

import dev.espalier.api.view.Architectures;
import dev.espalier.api.view.ExperimentView;

/**
 * An architecture and its drawing.
 *
 * @param svg goes into the page as it is
 */
public record Drawn(String architecture, String svg) {

  /** One of the experiment's space. */
  public static Drawn of(ExperimentView view, String architecture) {
    return new Drawn(architecture, Architectures.parse(view.space(), architecture).svg());
  }
}
