package dev.espalier.workflows.method.metadatabase;

/** What the trainings came to: how many there are, and how many of them failed. */
public record EvaluatedTasks(int evaluations, int failed) {}
