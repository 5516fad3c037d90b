package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.cnnc.runtime.ProgramInfo.InputInfo;
import org.cnnc.runtime.ProgramInfo.Kind;
import org.cnnc.runtime.ProgramInfo.LossInfo;
import org.cnnc.runtime.ProgramInfo.NamedBuffer;
import org.cnnc.runtime.ProgramInfo.OutputInfo;
import org.cnnc.runtime.ProgramInfo.ParameterInfo;
import org.cnnc.runtime.ProgramInfo.PhaseInfo;
import org.cnnc.runtime.ProgramInfo.ScalarsInfo;
import org.cnnc.runtime.ProgramInfo.Scope;
import org.cnnc.runtime.ProgramInfo.ValueInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramInfoTest {
  private static final String TEXT =
      """
      cnnc "0.1.0"
      model "A \\"b\\" \\\\" hash "9f2c" kind training
      input "image" 2 3 4 scale 0.5 mean 0.0 -1.5 std 1.0 2.5E-3
      images "image" buffer 2 pitch 6
      buffer model "weight" 5 24
      buffer worker "scratch" 1 10
      buffer shared "images" 8 17
      buffer shared "column" 1 4
      buffer shared "scores" 4 5
      parameter "fc1.weight" dims 5 24 buffer 0 strides 24 1 fan_in 24
      state "momentum.fc1.weight" buffer 0
      gradient "fc1.weight" buffer 0
      value "image" dims 2 3 4 buffer 2 pitch 5
      value "scores" dims 5 buffer 8 pitch 5
      output "label" value "scores" labels "a" "b b" "c" "d" "e\\n\\r"
      loss "cross_entropy" of "label" targets 3 losses 3
      scalars 3 rate inverse_images
      train optimizer "sgd" batch 4 epochs 10 seed -3 rules "gradients-9" settings rate 0.05 momentum 0.9
      phase "forward" 4
      phase "update" 1
      phase "parameters" 2 updates small
      """
          .replace("buffer 8 pitch", "buffer 4 pitch");

  @Test
  void everyFactIsRead() {
    ProgramInfo info = ProgramInfo.parse(TEXT);
    assertThat(info.compilerVersion()).isEqualTo("0.1.0");
    assertThat(info.model()).isEqualTo("A \"b\" \\");
    assertThat(info.hash()).isEqualTo("9f2c");
    assertThat(info.kind()).isEqualTo(Kind.TRAINING);
    assertThat(info.input())
        .isEqualTo(new InputInfo("image", 2, 3, 4, 0.5f, List.of(0f, -1.5f), List.of(1f, 0.0025f)));
    assertThat(info.parameters())
        .containsExactly(new ParameterInfo("fc1.weight", List.of(5, 24), 0, List.of(24, 1), 24));
    assertThat(info.states()).containsExactly(new NamedBuffer("momentum.fc1.weight", 0));
    assertThat(info.gradients()).containsExactly(new NamedBuffer("fc1.weight", 0));
    assertThat(info.images()).isEqualTo(new ValueInfo("image", List.of(2, 3, 4), 2, 6));
    assertThat(info.outputs())
        .containsExactly(new OutputInfo("label", "scores", List.of("a", "b b", "c", "d", "e\n\r")));
    assertThat(info.loss()).contains(new LossInfo("cross_entropy", "label", 3, 3));
    assertThat(info.scalars()).contains(new ScalarsInfo(3, List.of("rate", "inverse_images")));
    assertThat(info.train().orElseThrow().seed()).isEqualTo(-3);
    assertThat(info.train().orElseThrow().rules()).contains("gradients-9");
    assertThat(info.train().orElseThrow().setting("momentum")).contains(0.9f);
    assertThat(info.phases())
        .containsExactly(
            new PhaseInfo("forward", 4, false, false),
            new PhaseInfo("update", 1, false, false),
            new PhaseInfo("parameters", 2, true, true));
  }

  @Test
  void helpersFindByNameAndAddBytes() {
    ProgramInfo info = ProgramInfo.parse(TEXT);
    assertThat(info.batch()).isEqualTo(4);
    assertThat(info.phase("update")).hasValue(1);
    assertThat(info.parameter("fc1.weight").orElseThrow().elements()).isEqualTo(120);
    assertThat(info.value("nothing")).isEmpty();
    assertThat(info.buffer("images").orElseThrow().rows()).isEqualTo(8);
    assertThat(info.bytes(Scope.MODEL)).isEqualTo(480);
    assertThat(info.bytes(Scope.WORKER)).isEqualTo(40);
    assertThat(info.bytes(Scope.SHARED)).isEqualTo(4 * (136 + 4 + 20));
  }

  @Test
  void rulesHadNoNameOnce() {
    ProgramInfo info = ProgramInfo.parse(TEXT.replace(" rules \"gradients-9\"", ""));
    assertThat(info.train().orElseThrow().rules()).isEmpty();
    assertThat(info.train().orElseThrow().setting("momentum")).contains(0.9f);
  }

  @Test
  void imagesWithoutPitchFollowOneAnother() {
    ProgramInfo info = ProgramInfo.parse(TEXT.replace("buffer 2 pitch 6", "buffer 2"));
    assertThat(info.images().pitch()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "kind training|kind cooking|line 2: unexpected \"cooking\"",
        "hash \"9f2c\"|hash 9f2c|line 2: expected a text in quotes",
        "phase \"update\" 1|phase \"update\" 1 2|line 20: unexpected 2",
        "phase \"update\" 1|phase \"update|line 20: a text without its closing quote",
        "phase \"update\" 1|fase \"update\" 1|line 20: unknown fact \"fase\"",
        "phase \"update\" 1|phase  \"update\" 1|line 20: one space between words",
        "phase \"update\" 1|phase \"update\"|line 20: expected a word at the end",
        "24 1 fan_in|24 fan_in|line 10: fc1.weight: one stride a dimension",
        "strides 24 1|strides 25 1|fc1.weight is larger than its buffer",
        "images \"image\" buffer 2|images \"image\" buffer 9|images wants buffer 9",
        "dims 5 buffer 4 pitch|dims 6 buffer 4 pitch|value scores is longer than the rows",
        "momentum.fc1.weight|momentum.fc2.weight|no parameter for momentum.fc2.weight",
        "cnnc \"0.1.0\"|phase \"early\" 1|line 1: the first fact is the compiler's version",
        "mean 0.0 -1.5|mean 0.0|line 3: mean and std need one number a channel",
      })
  void malformedTextIsRefusedWithItsLine(String part, String broken, String message) {
    assertThat(TEXT).contains(part);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProgramInfo.parse(TEXT.replace(part, broken)))
        .withMessageContaining(message);
  }
}
