package org.example.sketchpad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.cnnc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Teaching and forgetting. */
class ClassroomTest {
  @TempDir private Path folder;

  @Test
  void learnsASymbolFromTenDrawingsAndKeepsTheDigits() throws Exception {
    Random random = new Random(1);
    Classroom classroom = classroom();
    long rightBefore = TestDigits.right(classroom.recogniser());
    assertThat(rightBefore).isGreaterThanOrEqualTo(590);

    Classroom.Report report = classroom.teach(Shapes.symbol("star", Shapes.STAR, random));
    Classroom.Report second = classroom.teach(Shapes.symbol("\u25b3", Shapes.TRIANGLE, random));

    assertThat(report.names()).hasSize(11).endsWith("star");
    assertThat(second.names()).hasSize(12).endsWith("star", "\u25b3");
    assertThat(second.rightNow()).isGreaterThan(second.digits() * 95 / 100);
    Recogniser recogniser = classroom.recogniser();
    assertThat(known(recogniser, "star", Shapes.drawings(Shapes.STAR, 50, random)))
        .isGreaterThanOrEqualTo(47);
    assertThat(known(recogniser, "\u25b3", Shapes.drawings(Shapes.TRIANGLE, 50, random)))
        .isGreaterThanOrEqualTo(47);
    assertThat(TestDigits.right(recogniser)).isGreaterThanOrEqualTo(rightBefore - 10);
  }

  private static long known(Recogniser recogniser, String name, List<Drawing> drawings) {
    return drawings.stream()
        .map(StrokePainter::glyph)
        .filter(glyph -> recogniser.names().get(recogniser.read(glyph)).equals(name))
        .count();
  }

  @Test
  void whatWasTaughtIsThereAfterARestartToTheSameBits() throws Exception {
    Classroom before = classroom();
    before.teach(Shapes.symbol("star", Shapes.STAR, new Random(2)));
    Classroom after = classroom();
    assertThat(after.recogniser().names()).isEqualTo(before.recogniser().names());
    assertThat(weights(after)).isEqualTo(weights(before));
  }

  @Test
  void whatIsForgottenLeavesNoTrace() throws Exception {
    Classroom classroom = classroom();
    List<Integer> untaught = weights(classroom);
    classroom.teach(Shapes.symbol("star", Shapes.STAR, new Random(3)));
    assertThat(weights(classroom)).isNotEqualTo(untaught);
    classroom.forget("star");
    assertThat(classroom.recogniser().names()).isEqualTo(Classroom.DIGITS);
    assertThat(weights(classroom)).isEqualTo(untaught);
    assertThatThrownBy(() -> classroom.forget("star"))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("no symbol \"star\" was taught");
  }

  @Test
  void thereIsRoomForSix() throws Exception {
    List<Symbol> six =
        IntStream.rangeClosed(1, Classroom.MOST_SYMBOLS)
            .mapToObj(i -> Shapes.symbol("z" + i, Shapes.ZIGZAG, new Random(i)))
            .toList();
    new SymbolFile(folder.resolve("symbols.json")).write(six);
    Classroom classroom = classroom();
    assertThat(classroom.recogniser().names()).hasSize(16).endsWith("z5", "z6");
    assertThatThrownBy(() -> classroom.teach(Shapes.symbol("z7", Shapes.ZIGZAG, new Random(7))))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("room for 6 symbols");
  }

  @Test
  void aNameIsTaughtOnce() throws Exception {
    Classroom classroom = classroom();
    Symbol three = Shapes.symbol(" 3 ", Shapes.ZIGZAG, new Random(1));
    assertThatThrownBy(() -> classroom.teach(three))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("\"3\" is known already; forget it first");
  }

  @Test
  void aFileOfOthersIsLeftAlone() throws Exception {
    for (String text :
        List.of("", "{}", "[null]", "my notes", "[{\"name\":\"x\",\"drawings\":[]}]")) {
      Path file = Files.writeString(folder.resolve("symbols.json"), text);
      assertThatThrownBy(this::classroom)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + ": not a file of symbols: ");
      assertThat(file).hasContent(text);
    }
  }

  private Classroom classroom() throws IOException {
    return new Classroom(new SymbolFile(folder.resolve("symbols.json")));
  }

  private static List<Integer> weights(Classroom classroom) {
    return classroom.recogniser().weights().tensors().values().stream()
        .map(Tensor::values)
        .map(Arrays::hashCode)
        .toList();
  }
}
