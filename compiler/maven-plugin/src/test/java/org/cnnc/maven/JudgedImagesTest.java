package org.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.Safetensors;
import org.cnnc.training.data.DataReader;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.DatasetDigest;
import org.cnnc.training.data.ImageSink;
import org.cnnc.training.data.ImageStore;
import org.cnnc.training.data.Split;
import org.cnnc.training.data.ValidationChoice;
import org.junit.jupiter.api.Test;

class JudgedImagesTest {
  private static final long OWN_SEED = 1;
  private static final Dataset DATA = new Numbered("pictures", 40);
  private static final ProgramInfo INFO =
      ProgramInfo.parse(
          """
          cnnc "0.1.0"
          model "M" hash "abc" kind prediction
          input "image" 1 1 1 scale 1.0 mean 0.0 std 1.0
          images "image" buffer 0 pitch 1
          buffer worker "images" 1 1
          value "answer" dims 1 buffer 0 pitch 1
          output "answer" value "answer"
          phase "forward" 1
          """);
  private static final Optional<ValidationChoice> A_QUARTER =
      Optional.of(new ValidationChoice("0.25"));

  @Test
  void withoutValidationAllAreJudged() throws Exception {
    JudgedImages judged = judged(Optional.empty(), Optional.empty(), Map.of());
    assertThat(judged.what()).isEqualTo("images");
    assertThat(judged.images()).isSameAs(DATA);
  }

  @Test
  void aTestPartCountsWhateverValidationSays() throws Exception {
    Dataset test = new Numbered("test", 7);
    JudgedImages judged = judged(Optional.of(test), A_QUARTER, Map.of());
    assertThat(judged.what()).isEqualTo("test images");
    assertThat(judged.images()).isSameAs(test);
  }

  @Test
  void theSeedIsThatOfTheTraining() throws Exception {
    long seed = 1_234_567_890_123_456_789L;
    JudgedImages own = judged(Optional.empty(), A_QUARTER, Map.of());
    JudgedImages told =
        judged(Optional.empty(), A_QUARTER, Map.of("cnnc.seed", String.valueOf(seed)));
    assertThat(numbers(own.images())).isEqualTo(numbers(held(DATA, OWN_SEED)));
    assertThat(numbers(told.images()))
        .isEqualTo(numbers(held(DATA, seed)))
        .isNotEqualTo(numbers(own.images()));
  }

  @Test
  void othersThanTrainingHeldBackAreRefused() throws Exception {
    String then = held(DATA, OWN_SEED).description();
    Map<String, String> trained = Map.of("cnnc.validation", then);
    assertThat(judged(Optional.empty(), A_QUARTER, trained).images().size()).isEqualTo(10);

    DataReader.Data more = new DataReader.Data(new Numbered("pictures", 44), Optional.empty());
    assertThatThrownBy(
            () -> JudgedImages.of(more, source(A_QUARTER), INFO, weights(trained), OWN_SEED))
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("training held back other images than these: \"" + then + "\", now");
  }

  @Test
  void imagesThatHaveChangedSinceTrainingAreRefused() throws Exception {
    String then = held(DATA, OWN_SEED).description();
    String content = DatasetDigest.of(held(DATA, OWN_SEED), 1);
    Map<String, String> same = Map.of("cnnc.validation", then, "cnnc.validation.sha256", content);
    assertThat(judged(Optional.empty(), A_QUARTER, same).images().size()).isEqualTo(10);

    Map<String, String> other =
        Map.of("cnnc.validation", then, "cnnc.validation.sha256", content.replace('a', 'b'));
    assertThatThrownBy(() -> judged(Optional.empty(), A_QUARTER, other))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "parameter validation: the images of \""
                + then
                + "\" are not those any more that training held back: their number is the same,"
                + " their content is not; train again, or give data that were never learnt and no"
                + " validation");
  }

  private static JudgedImages judged(
      Optional<Dataset> test, Optional<ValidationChoice> validation, Map<String, String> metadata)
      throws Exception {
    DataReader.Data data = new DataReader.Data(DATA, test);
    return JudgedImages.of(data, source(validation), INFO, weights(metadata), OWN_SEED);
  }

  private static LabelledImages source(Optional<ValidationChoice> validation) {
    return new LabelledImages(
        new SystemStreamLog(), new ImageStore(), Path.of("pictures"), validation, false);
  }

  private static Dataset held(Dataset data, long seed) {
    return Split.fraction(data, 0.25, seed).validation().orElseThrow();
  }

  private static Safetensors weights(Map<String, String> metadata) {
    return new Safetensors("w.safetensors", metadata, Map.of());
  }

  private static List<Integer> numbers(Dataset data) {
    return IntStream.range(0, data.size()).map(data::label).boxed().toList();
  }

  /** Images whose classes are their numbers. */
  private record Numbered(String description, int size) implements Dataset {
    @Override
    public List<String> classes() {
      return List.of();
    }

    @Override
    public int label(int image) {
      return image;
    }

    @Override
    public void read(int image, ImageSink sink) {
      sink.floats(new float[] {image}, 0);
    }
  }
}
