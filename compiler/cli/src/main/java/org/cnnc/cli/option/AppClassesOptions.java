package org.cnnc.cli.option;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.cnnc.cli.console.UserException;
import org.cnnc.cli.model.Model;
import org.cnnc.compiler.AppClasses;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.CompilerOptions.Emit;
import org.cnnc.compiler.TargetChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which classes an app has: for the command that writes them, and the one that measures them. */
public final class AppClassesOptions {
  /** Class files name classes with their packages, in at most 65,535 bytes. */
  private static final int LONGEST_PACKAGE = 1000;

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--emit",
      paramLabel = "source|bytecode",
      defaultValue = "source",
      description =
          "Form of the programs; the class that an app names is always source"
              + " (default: ${DEFAULT-VALUE}).")
  private Emit emit;

  @Option(
      names = "--target",
      paramLabel = "plain|vector|both",
      description =
          "Form of the programs: plain for any Java 17, vector for the Vector API (module"
              + " jdk.incubator.vector), to the same bits; with both, an app begins plain and goes over"
              + " when vectors are faster (default: both with --emit bytecode, else plain).")
  private Optional<TargetChoice> target = Optional.empty();

  @Option(
      names = {"-p", "--package"},
      paramLabel = "P",
      defaultValue = "",
      description = "Package of the classes (default: the unnamed one).")
  private String packageName;

  @Option(
      names = "--release",
      paramLabel = "11|17",
      defaultValue = "17",
      description =
          "Java that bytecode needs; 11 goes with --emit bytecode (default: ${DEFAULT-VALUE}).")
  private int release;

  @Option(names = "--predict-only", description = "Without classes that train.")
  private boolean predictOnly;

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "NAME",
      description =
          "Values that a prediction leaves to be read, beside the outputs: names of the text, or of"
              + " layers.")
  private List<String> kept = List.of();

  /** Refuses options that do not go together. */
  public void checkUsage() {
    if (release != CompilerOptions.OLDEST_RELEASE && release != CompilerOptions.SOURCE_RELEASE) {
      throw wrongUsage("--release: expected 11 or 17, found " + release);
    }
    if (release != CompilerOptions.SOURCE_RELEASE && emit != Emit.BYTECODE) {
      throw wrongUsage("--release " + release + " needs --emit bytecode: source is Java 17");
    }
    if (!target().goesWith(release)) {
      throw wrongUsage(
          "--release "
              + release
              + " goes with --target plain: the Vector API needs class files of Java "
              + CompilerOptions.SOURCE_RELEASE);
    }
    if (!packageName.isEmpty() && !SourceVersion.isName(packageName)) {
      throw wrongUsage("--package: expected a package name of Java, found \"" + packageName + "\"");
    }
    if (packageName.length() > LONGEST_PACKAGE) {
      throw wrongUsage(
          "--package: expected at most "
              + LONGEST_PACKAGE
              + " characters, found "
              + packageName.length());
    }
  }

  private ParameterException wrongUsage(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }

  private TargetChoice target() {
    return target.orElseGet(() -> TargetChoice.usual(emit, release));
  }

  /**
   * The classes asked for.
   *
   * @throws UserException if a value to keep is not of the model
   */
  public AppClasses of(Model model) throws UserException {
    Set<String> values = new LinkedHashSet<>();
    for (String name : kept) {
      values.add(model.value(name).name());
    }
    return new AppClasses(packageName, emit, target(), release, !predictOnly, List.copyOf(values));
  }
}
