package dev.espalier.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, as picocli asks for it. */
final class PicocliVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {ProgramVersion.words()};
  }
}
