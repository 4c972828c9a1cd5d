package dev.espalier.workflows.client;

/** What became of something that a workflow was told. */
public enum Heard {
  /** It is in the workflow's history: it takes effect, and need not be told again. */
  HEARD,
  /** There is no such workflow, or it has closed. */
  GONE,
  /** Temporal takes no more signals for this run. */
  REFUSED
}
