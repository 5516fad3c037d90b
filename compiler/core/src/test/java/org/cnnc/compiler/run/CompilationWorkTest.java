package org.cnnc.compiler.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.cnnc.compiler.CompilerOptions;
import org.cnnc.compiler.CompilerOptions.Emit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The work of the compiler grows with the number of layers, not with its square. Allocated bytes
 * stand for work: unlike time, they hardly depend on the machine and what else it does.
 */
final class CompilationWorkTest {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Twice where work is linear, 2.4 where a quarter of the larger network's is quadratic. */
  private static final double MOST = 2.2;

  @ParameterizedTest
  @EnumSource(Emit.class)
  void twiceAsManyLayersAreTwiceTheWork(Emit emit) {
    CompilerOptions options = CompilerOptions.DEFAULT.withEmit(emit);
    work(400, options); // classes are loaded, lambdas are made
    long hundred = work(100, options);
    long twoHundred = work(200, options);
    long fourHundred = work(400, options);
    assertThat((double) (fourHundred - twoHundred) / (twoHundred - hundred))
        .as(hundred + ", " + twoHundred + ", " + fourHundred + " bytes")
        .isLessThan(MOST);
  }

  private static long work(int layers, CompilerOptions options) {
    String text = network(layers);
    long before = THREAD.getCurrentThreadAllocatedBytes();
    Texts.compile("deep.net", text, options);
    return THREAD.getCurrentThreadAllocatedBytes() - before;
  }

  /** Layers of three shapes, in turn. */
  private static String network(int layers) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < layers / 2; i++) {
      text.append("\n    -> conv(").append(2 + i % 3).append(", kernel = 3, padding = same)");
      text.append(" -> relu");
    }
    return """
        network Deep {
            input image[2, 8, 8];
            scores = image LAYERS -> flatten -> fc(2);
            output label = scores -> softmax;
            loss cross_entropy(label);
            train { batch = 4; }
        }
        """
        .replace("LAYERS", text);
  }
}
