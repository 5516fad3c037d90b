package org.cnnc.cli;

import org.cnnc.compiler.CompilerVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {CompilerVersion.GENERATOR};
  }
}
