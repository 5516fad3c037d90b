package org.cnnc.benchmarks.kernels;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;

/**
 * Independent chains of vector multiply-adds that never leave the registers. Compiled when it is
 * needed, so that building this module needs no incubator module.
 */
final class FmaLoop {
  /** Two a cycle with a latency of four to five cycles. */
  private static final int CHAINS = 12;

  private static final int ROUNDS = 10_000;

  private final IntToDoubleFunction loop;

  private FmaLoop(IntToDoubleFunction loop) {
    this.loop = loop;
  }

  static FmaLoop compile() throws IOException {
    Path folder = Files.createTempDirectory("cnnc-peak");
    Path source = Files.writeString(folder.resolve("Peak.java"), source());
    String[] arguments = {
      "--add-modules", "jdk.incubator.vector", "-nowarn", "-proc:none", source.toString()
    };
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments) != 0) {
      throw new IOException("no compiler, or no jdk.incubator.vector in this Java");
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      return new FmaLoop(
          (IntToDoubleFunction) loader.loadClass("Peak").getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IOException("the loop cannot be loaded", e);
    } finally {
      Files.deleteIfExists(folder.resolve("Peak.class"));
      Files.delete(source);
      Files.delete(folder);
    }
  }

  private static String source() {
    String chains = each("FloatVector sum%1$d = FloatVector.broadcast(S, %1$d);");
    String steps = each("sum%1$d = sum%1$d.fma(factor, one);");
    String ends = each("total += sum%1$d.lane(0);");
    return """
        import jdk.incubator.vector.FloatVector;
        import jdk.incubator.vector.VectorSpecies;

        public final class Peak implements java.util.function.IntToDoubleFunction {
          private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

          /** The lanes for 0 rounds; otherwise the sum of all first lanes. */
          @Override
          public double applyAsDouble(int rounds) {
            return rounds == 0 ? S.length() : run(rounds);
          }

          private static double run(int rounds) {
            FloatVector factor = FloatVector.broadcast(S, 0.5f);
            FloatVector one = FloatVector.broadcast(S, 1);
            %s
            for (int i = 0; i < rounds; i++) {
              %s
            }
            double total = 0;
            %s
            return total;
          }
        }
        """
        .formatted(chains, steps, ends);
  }

  private static String each(String statement) {
    return IntStream.range(0, CHAINS)
        .mapToObj(chain -> statement.formatted(chain))
        .collect(Collectors.joining("\n"));
  }

  double run() {
    return loop.applyAsDouble(ROUNDS);
  }

  /** Floating point operations of a run: two a multiply-add. */
  double flops() {
    return 2.0 * CHAINS * ROUNDS * loop.applyAsDouble(0);
  }
}
