package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnc.compiler.CompiledProgram;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.compiler.run.Texts;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.ProgramInfo.Scope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/** What is in generated classes, and what is not. */
final class ClassContentTest {
  /** Words for what only training has, as parts of Java names. */
  private static final Pattern BACKWARD =
      Pattern.compile(
          "(?i:.*(gradient|backward|update|loss|target|momentum|clear|combine).*)|d[A-Z].*");

  private static final String ONE_LAYER_A_LINE =
      """
      network Lines {
          input image[2, 9, 9];
          features = image
              -> conv(3, kernel = 3) as first
              -> relu as second
              -> maxpool(2) as third
              -> conv(4, kernel = 2, padding = 1) as fourth
              -> sigmoid as fifth;
          output label = features -> flatten as sixth
              -> fc(5) as seventh
              -> mish as eighth -> fc(3)
                as ninth
              -> softmax as tenth;
          loss cross_entropy(label);
      }
      """;

  static Stream<String> corpus() {
    return ClassFiles.corpus();
  }

  @ParameterizedTest
  @EnumSource(ProgramKind.class)
  void stackTracesNameTheLineOfTheLayer(ProgramKind kind) {
    ClassNode type = programClass(Texts.compile(ONE_LAYER_A_LINE, kind));
    List<String> text = ONE_LAYER_A_LINE.lines().toList();
    Set<String> found = new TreeSet<>();
    for (MethodNode method : type.methods) {
      Matcher layer =
          Pattern.compile("d?(first|second|third|fourth|fifth|seventh|eighth)([A-Z].*)?")
              .matcher(method.name);
      if (layer.matches()) {
        found.add(layer.group(1));
        assertThat(lines(method))
            .as(method.name)
            .isNotEmpty()
            .allSatisfy(line -> assertThat(text.get(line - 1)).contains(layer.group(1)));
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            "first", "second", "third", "fourth", "fifth", "seventh", "eighth");
  }

  private static List<Integer> lines(MethodNode method) {
    List<Integer> lines = new ArrayList<>();
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof LineNumberNode line) {
        lines.add(line.line);
      }
    }
    return lines;
  }

  private static ClassNode programClass(CompiledProgram program) {
    return ClassFiles.read(ClassFiles.emitted(program).values().iterator().next());
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void predictionHasNothingOfTraining(String network) throws IOException {
    CompiledProgram program = Texts.corpus(network).program(ProgramKind.PREDICTION);
    List<String> names = new ArrayList<>();
    for (byte[] file : ClassFiles.emitted(program).values()) {
      ClassNode type = ClassFiles.read(file);
      type.fields.forEach(field -> names.add(field.name));
      for (MethodNode method : type.methods) {
        names.add(method.name);
        method.localVariables.forEach(local -> names.add(local.name));
      }
    }
    assertThat(names).hasSizeGreaterThan(10).noneMatch(name -> BACKWARD.matcher(name).matches());
    ProgramInfo info = ProgramInfo.parse(program.plan().description());
    assertThat(info.buffers())
        .extracting(ProgramInfo.BufferInfo::scope)
        .doesNotContain(Scope.SHARED);
    assertThat(info.gradients()).isEmpty();
    assertThat(info.states()).isEmpty();
    assertThat(info.loss()).isEmpty();
    assertThat(info.scalars()).isEmpty();
  }

  /** The same pattern finds plenty in training programs: it is not blind. */
  @ParameterizedTest
  @MethodSource("corpus")
  void trainingHasBackwardMethods(String network) throws IOException {
    CompiledProgram program = Texts.corpus(network).program(ProgramKind.TRAINING);
    assertThat(programClass(program).methods)
        .filteredOn(method -> BACKWARD.matcher(method.name).matches())
        .hasSizeGreaterThan(3);
  }

  /** Weights are data: a layer ten times as wide is as much code, but for the digits of sizes. */
  @ParameterizedTest
  @EnumSource(ProgramKind.class)
  void classesDoNotGrowWithTheirParameters(ProgramKind kind) {
    Map<String, byte[]> narrow = ClassFiles.emitted(Texts.compile(withHidden(40), kind));
    Map<String, byte[]> wide = ClassFiles.emitted(Texts.compile(withHidden(400), kind));
    assertThat(wide.keySet()).isEqualTo(narrow.keySet());
    narrow.forEach(
        (path, file) ->
            assertThat(wide.get(path).length).as(path).isCloseTo(file.length, within(100)));
  }

  private static String withHidden(int width) {
    return """
    network Wide {
        input image[1, 8, 8];
        output label = image -> flatten -> fc(%d) -> relu -> fc(3) -> softmax;
        loss cross_entropy(label);
    }
    """
        .formatted(width);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void codeHasOnlyTheConstantsOfItsFormulas(String network) throws IOException {
    for (CompiledProgram program : Texts.corpus(network).programs()) {
      Set<Float> constants = new TreeSet<>();
      for (MethodNode method : programClass(program).methods) {
        for (AbstractInsnNode instruction : method.instructions) {
          if (instruction instanceof LdcInsnNode load && load.cst instanceof Float number) {
            constants.add(number);
          }
        }
      }
      // Kernel sizes to divide by, slopes, an optimizer's settings: some, not thousands.
      assertThat(constants).hasSizeLessThan(12);
    }
  }
}
