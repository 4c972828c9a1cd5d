package dev.espalier.cli.doctor;

/** Looks at one thing that an installation needs. */
@FunctionalInterface
interface Check {
  Finding look();
}
