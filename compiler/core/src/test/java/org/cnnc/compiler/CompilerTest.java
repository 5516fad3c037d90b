package org.cnnc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cnnc.compiler.schedule.Target;
import org.cnnc.grammar.diagnostic.Diagnostic;
import org.cnnc.grammar.diagnostic.DiagnosticCode;
import org.cnnc.grammar.source.SourceFile;
import org.junit.jupiter.api.Test;

class CompilerTest {
  private static CompilationResult compile(String text, CompilerOptions options) {
    return Compiler.compile(new CompilationRequest(new SourceFile("model.net", text), options));
  }

  @Test
  void aNetworkBeyondTheArraysOfJavaIsAMistakeOfTheUserNotABug() {
    CompilationResult result =
        compile(
            """
            network Wide {
                input image[4, 8192, 8192];
                output label = image -> flatten -> fc(2) -> softmax;
                loss cross_entropy(label);
                train { batch = 4096; }
            }
            """,
            CompilerOptions.DEFAULT.withPrograms(ProgramKind.TRAINING));
    assertThat(result.hasErrors()).isTrue();
    assertThat(result.diagnostics().stream().map(Diagnostic::code))
        .containsExactly(DiagnosticCode.NETWORK_TOO_LARGE);
    assertThat(result.programs()).isEmpty();
  }

  @Test
  void aTextWithMistakesGivesDiagnosticsAndNothingElse() {
    CompilationResult result = compile("network Cut { input image[1, 4", CompilerOptions.DEFAULT);
    assertThat(result.hasErrors()).isTrue();
    assertThat(result.network()).isEmpty();
    assertThat(result.files()).isEmpty();
  }

  @Test
  void theFacadeAndBothProgramsAreMadeAsAskedFor() {
    String text =
        """
        network Small {
            input image[1, 2, 2];
            output label = image -> flatten -> fc(2) -> softmax labels ("a", "b");
            loss cross_entropy(label);
        }
        """;
    CompilerOptions source =
        CompilerOptions.DEFAULT
            .withEmit(CompilerOptions.Emit.SOURCE)
            .withPackageName("org.example");
    assertThat(compile(text, source.withFacade(true)).files().stream().map(file -> file.path()))
        .containsExactlyInAnyOrder(
            "org/example/Small.java",
            "org/example/SmallImages.java",
            "org/example/SmallTeacher.java",
            "org/example/SmallPrediction.java",
            "org/example/SmallTraining.java");
    assertThat(
            compile(text, CompilerOptions.DEFAULT.withPrograms(ProgramKind.PREDICTION))
                .files()
                .stream()
                .map(file -> file.path()))
        .containsExactlyInAnyOrder("SmallPrediction.class", "SmallPrediction$Scratch.class");
  }

  @Test
  void layersMayHaveNamesThatGeneratedClassesUse() {
    CompilationResult result =
        compile(
            """
            network Names {
                input image[1, 3, 3];
                scores = image -> conv(2, kernel = 1) as run -> mish as e -> tanh as rows -> mish as t
                    -> relu as wait -> flatten as value -> fc(2) as toString;
                output label = scores -> softmax as description;
                loss cross_entropy(label);
            }
            """,
            CompilerOptions.DEFAULT.withKeptValues(List.of("run", "e", "rows", "t")));
    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.programs()).hasSize(2);
  }

  /** File systems allow 255 bytes; files are first written under names some 25 longer. */
  @Test
  void theLongestNamesGiveClassesAndFilesThatSystemsAllow() {
    String longest = "x".repeat(99);
    String text =
        """
        network N# {
            input i#[1, 3, 3];
            [c#, d#] = [i# -> conv(2, kernel = 3) as e# -> relu, 2];
            s# = c# -> flatten -> fc(d#);
            output o# = s# -> softmax labels ("%s", "b");
            loss cross_entropy(o#);
        }
        """
            .replace("#", longest)
            .formatted("\u65e5".repeat(1000));
    CompilerOptions all = CompilerOptions.DEFAULT.withFacade(true).withTargets(Target.values());
    CompilationResult result = compile(text, all);
    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.files()).allSatisfy(file -> assertThat(file.path()).hasSizeBetween(105, 200));
    assertThat(compile(text.replace(longest, longest + "x"), all).diagnostics())
        .extracting(Diagnostic::code)
        .containsOnly(DiagnosticCode.NAME_TOO_LONG)
        .hasSize(7);
  }

  @Test
  void aNetworkCannotHaveTheNameOfAClassThatGeneratedClassesUse() {
    for (String name : new String[] {"String", "Math", "Answer", "Program", "Label"}) {
      CompilationResult result =
          compile(
              """
              network NAME {
                  input image[1, 2, 2];
                  output label = image -> flatten -> fc(2) -> softmax;
                  loss cross_entropy(label);
              }
              """
                  .replace("NAME", name),
              CompilerOptions.DEFAULT);
      assertThat(result.diagnostics().stream().map(Diagnostic::code))
          .as(name)
          .containsExactly(DiagnosticCode.NETWORK_NAME);
    }
  }
}
