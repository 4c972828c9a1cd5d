package dev.espalier.cli.doctor;

/**
 * What one check found.
 *
 * @param check its name
 * @param found the state of the thing, in words
 * @param mend the command or deed that mends it; empty where all is well
 */
record Finding(String check, boolean ok, String found, String mend) {
  static Finding ok(String check, String found) {
    return new Finding(check, true, found, "");
  }

  static Finding problem(String check, String found, String mend) {
    return new Finding(check, false, found, mend);
  }
}
