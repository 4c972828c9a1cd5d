package dev.espalier.api.method;

import dev.espalier.api.report.MethodReport;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.util.List;

/** Those of a method that has none of its own: its experiments are shown by their stages alone. */
record PlainFindings(String method) implements MethodFindings {
  @Override
  public Class<Nothing> type() {
    return Nothing.class;
  }

  @Override
  public List<String> trainingStages() {
    return List.of();
  }

  @Override
  public Nothing read(Store store, ExperimentDocument experiment) {
    return new Nothing(method);
  }

  @Override
  public MethodReport report(Store store, ExperimentDocument experiment, ExperimentView view) {
    return MethodReport.nothing();
  }

  /** Nothing but the name of the method. */
  record Nothing(String method) implements Findings {}
}
