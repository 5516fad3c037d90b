package org.cnnc.compiler.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes legal programs of every kind of node from a seed: for comparing passes and backends with
 * the interpreter. They are small: a step takes well under 100,000 operations. The same seed always
 * gives the same program.
 */
public final class RandomLoopPrograms {
  private static final int HELPERS = 3;
  private static final int STATEMENTS = 30;

  private RandomLoopPrograms() {}

  /** A program with helpers, one to three phases, and up to four images. */
  public static LoopProgram of(long seed) {
    Random random = new Random(seed);
    List<Buffer> buffers =
        List.of(
            new Buffer("weights", Buffer.Scope.MODEL, 3, 64 + random.nextInt(40)),
            new Buffer("bias", Buffer.Scope.MODEL, 1, 50),
            new Buffer("images", Buffer.Scope.SHARED, 4, 64 + random.nextInt(40)),
            new Buffer("sums", Buffer.Scope.SHARED, 1, 64),
            new Buffer("hidden", Buffer.Scope.WORKER, 2, 64 + random.nextInt(40)),
            new Buffer("column", Buffer.Scope.WORKER, 1, 48));
    int maxImages = 1 + random.nextInt(4);
    List<LoopFunction> functions = new ArrayList<>();
    for (int i = 1; i <= random.nextInt(HELPERS + 1); i++) {
      functions.add(function(random, buffers, functions, "helper" + i, helperParameters(random)));
    }
    List<Phase> phases = new ArrayList<>();
    for (int i = 1; i <= 1 + random.nextInt(3); i++) {
      int tasks = 1 + random.nextInt(3);
      List<Parameter> parameters =
          List.of(
              new Parameter.Integer(new IndexVar("i0", 0, tasks - 1)),
              new Parameter.Integer(new IndexVar("i1", 1, maxImages)));
      functions.add(function(random, buffers, functions, "phase" + i, parameters));
      phases.add(new Phase("phase" + i, "phase" + i, tasks));
    }
    return new LoopProgram("random" + seed, maxImages, buffers, functions, phases);
  }

  /** Fills all buffers with numbers from a seed, some of them zeros of either sign. */
  public static void fill(LoopInterpreter interpreter, LoopProgram program, long seed) {
    Random random = new Random(seed);
    for (Buffer buffer : program.buffers()) {
      for (float[] row : interpreter.rows(buffer.name())) {
        for (int i = 0; i < row.length; i++) {
          row[i] =
              random.nextInt(8) == 0 ? Math.copySign(0f, random.nextFloat() - 0.5f) : value(random);
        }
      }
    }
  }

  private static float value(Random random) {
    return (random.nextInt(4001) - 2000) / 500f;
  }

  private static List<Parameter> helperParameters(Random random) {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      parameters.add(new Parameter.Array("a" + i, 48));
    }
    for (int i = 0; i < random.nextInt(3); i++) {
      parameters.add(new Parameter.Scalar("s" + i));
    }
    for (int i = 0; i < random.nextInt(3); i++) {
      parameters.add(new Parameter.Integer(new IndexVar("i" + i, 0, random.nextInt(9))));
    }
    return parameters;
  }

  private static LoopFunction function(
      Random random,
      List<Buffer> buffers,
      List<LoopFunction> callable,
      String name,
      List<Parameter> parameters) {
    RandomStatements statements = new RandomStatements(random, buffers, callable, parameters);
    Block body = statements.block(5 + random.nextInt(STATEMENTS));
    return new LoopFunction(name, parameters, body, "random " + name, random.nextInt(20));
  }
}
