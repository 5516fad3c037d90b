package org.cnnc.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cnnc.samples.BuiltSamples.HOUSE_PERSON_TREE;
import static org.cnnc.samples.BuiltSamples.outputOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app that the sample's own build made, run as its README says. */
class ClassifyTest {
  @TempDir private Path folder;

  @Test
  void namesPicturesItHasNeverSeen() throws Exception {
    outputOf(HOUSE_PERSON_TREE.pictureGenerator(folder, "--train", "0", "--test", "3"));
    List<String> options = new ArrayList<>(List.of("-jar", HOUSE_PERSON_TREE.jar().toString()));
    List<String> answers = new ArrayList<>();
    for (String subject : List.of("house", "person", "tree")) {
      for (int number = 1; number <= 3; number++) {
        String picture = folder.resolve("test/" + subject + "/000" + number + ".png").toString();
        options.add(picture);
        answers.add(picture + ": " + subject + " [0-9.]+ %");
      }
    }
    String output = outputOf(new JavaProcess(options));
    assertThat(output.lines().toList())
        .zipSatisfy(answers, (line, answer) -> assertThat(line).matches(answer));
  }

  @Test
  void saysWhatItCannotRead() throws Exception {
    Path text = Files.writeString(folder.resolve("house.png"), "This is a house.");
    JavaProcess.Result result = HOUSE_PERSON_TREE.classify(text.toString()).run();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("house.png: not a picture").doesNotContain("\tat ");
  }
}
