package org.cnnc.compiler.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts Jazzer, which follows what an input reaches, on one kind of input. It is on the class path
 * with {@code -Pjazzer} only, and is called by its name.
 */
public final class JazzerCampaign {
  private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
  private static final Path FOLDER = Path.of("target/jazzer");

  /** Our readers, and those of Java that they call. */
  private static final String FOLLOWED =
      "org.cnnc.**:com.sun.imageio.**:java.util.zip.**:org.antlr.v4.runtime.**";

  private JazzerCampaign() {}

  /**
   * Reads inputs for some time.
   *
   * @param arguments what is read (see {@link JazzerTarget}), seconds, and a seed
   */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    String name = arguments[0];
    Path corpus = Files.createDirectories(FOLDER.resolve(name));
    List<byte[]> examples = JazzerTarget.examples(name);
    for (int i = 0; i < examples.size(); i++) {
      Files.write(corpus.resolve("example-" + i), examples.get(i));
    }
    String[] options = {
      "--target_class=" + JazzerTarget.class.getName(),
      "--target_args=" + name,
      "--instrumentation_includes=" + FOLLOWED,
      "--custom_hook_includes=" + FOLLOWED,
      "--keep_going=10",
      "--reproducer_path=" + FOLDER,
      "-artifact_prefix=" + FOLDER + "/" + name + "-",
      "-max_total_time=" + arguments[1],
      "-seed=" + arguments[2],
      "-max_len=8192",
      "-timeout=10",
      "-rss_limit_mb=0",
      "-print_final_stats=1",
      corpus.toString()
    };
    Class.forName(JAZZER).getMethod("main", String[].class).invoke(null, (Object) options);
  }
}
