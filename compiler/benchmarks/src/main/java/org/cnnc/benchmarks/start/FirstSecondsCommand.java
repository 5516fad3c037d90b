package org.cnnc.benchmarks.start;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.cnnc.cli.console.Console;
import org.cnnc.cli.console.ModelException;
import org.cnnc.cli.model.InMemoryPrograms;
import org.cnnc.cli.model.Model;
import org.cnnc.cli.option.ModelParameter;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.ProgramKind;
import org.cnnc.grammar.source.SourceException;
import org.cnnc.runtime.Parameters;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.ProgramInfo;
import org.cnnc.runtime.RandomSource;
import org.cnnc.training.Trainer;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingException;
import org.cnnc.training.TrainingListener;
import org.cnnc.training.TrainingTask;
import org.cnnc.training.data.Dataset;
import org.cnnc.training.data.MemoryDataset;
import org.cnnc.training.data.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks first-seconds}: how many images a training has learnt, second by second. */
@Command(
    name = "first-seconds",
    mixinStandardHelpOptions = true,
    header = "Counts what a training has learnt after each second since java was started.",
    description =
        "Trains as cnnc train does, on random images in memory, and prints a line of JSON a second."
            + " With java -Dcnnc.target=plain it keeps to plain code; without, it goes over to vectors.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footerHeading = "%nExample:%n",
    footer = "  JAVA_TOOL_OPTIONS=-Dcnnc.target=plain benchmarks first-seconds lenet28.net")
public final class FirstSecondsCommand implements Callable<Integer> {
  private static final int IMAGES = 4096;

  @Spec private CommandSpec spec;
  @Mixin private ModelParameter modelParameter;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many compute (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Override
  public Integer call() throws IOException, SourceException, ModelException, TrainingException {
    if (seconds < 1 || threads < 1) {
      throw new ParameterException(
          spec.commandLine(), "--seconds and --threads: expected at least 1");
    }
    PrintWriter out = spec.commandLine().getOut();
    Model model = modelParameter.read(new Console(new StringWriter(), new StringWriter(), false));
    InMemoryPrograms programs =
        model.programs(CompilerOptions.DEFAULT, ProgramKind.PREDICTION, ProgramKind.TRAINING);
    Program training = programs.create(ProgramKind.TRAINING);
    ProgramInfo info = InMemoryPrograms.info(training);
    Parameters.initialise(training, info, 1);
    TrainerSettings settings =
        new TrainerSettings(Integer.MAX_VALUE, 1e-4f, 1, threads, Optional.empty());
    TrainingTask task =
        new TrainingTask(
                training,
                programs.create(ProgramKind.PREDICTION),
                Split.none(randomImages(info)),
                settings)
            .withVectors(model.vectorProgram(CompilerOptions.DEFAULT, ProgramKind.TRAINING));
    Count count = new Count(model.title(), seconds, out);
    Trainer trainer = new Trainer(task, count);
    count.end = trainer::stop;
    trainer.run();
    return 0;
  }

  private static Dataset randomImages(ProgramInfo info) {
    RandomSource random = RandomSource.of(1, "images");
    float[] values = new float[IMAGES * info.input().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(-1, 1);
    }
    int classes = info.value(info.outputs().get(0).value()).orElseThrow().elements();
    int[] labels = IntStream.range(0, IMAGES).map(image -> image % classes).toArray();
    return MemoryDataset.ofFloats(IMAGES + " random images", values, labels);
  }

  /** Prints a line whenever another second is over. */
  private static final class Count implements TrainingListener {
    private final String net;
    private final int seconds;
    private final PrintWriter out;
    private final long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    private Runnable end = () -> {};
    private int next = 1;

    Count(String net, int seconds, PrintWriter out) {
      this.net = net;
      this.seconds = seconds;
      this.out = out;
    }

    @Override
    public void step(Progress progress) {
      long passed = System.currentTimeMillis() - start;
      long images = (progress.epoch() - 1L) * progress.imagesPerEpoch() + progress.images();
      while (next <= seconds && passed >= next * 1000L) {
        out.printf(
            Locale.ROOT, "{\"net\":\"%s\",\"seconds\":%d,\"images\":%d}%n", net, next, images);
        out.flush();
        next++;
      }
      if (next > seconds) {
        end.run();
      }
    }
  }
}
