package org.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.UnaryOperator;
import org.cnnc.compiler.loop.IntrinsicCall.Intrinsic;
import org.cnnc.runtime.Classification;
import org.cnnc.runtime.Numerics;
import org.cnnc.runtime.Picture;
import org.cnnc.runtime.PredictionSession;
import org.cnnc.runtime.Program;
import org.cnnc.runtime.Safetensors;
import org.cnnc.runtime.VectorSupport;
import org.cnnc.runtime.WeightsException;
import org.cnnc.training.Lesson;
import org.cnnc.training.Teacher;
import org.cnnc.training.TrainerSettings;
import org.cnnc.training.TrainingException;
import org.cnnc.training.verify.GoldenAnswers;
import org.cnnc.training.verify.GradientCheck;
import org.junit.jupiter.api.Test;

/** The names that generated code mentions are those of the real runtime. */
class RuntimeSymbolsTest {
  private static String name(String simpleName) {
    return RuntimeSymbols.RUNTIME_PACKAGE + "." + simpleName;
  }

  private static String trainingName(String simpleName) {
    return RuntimeSymbols.TRAINING_PACKAGE + "." + simpleName;
  }

  @Test
  void classesHaveTheirNames() {
    assertThat(name(RuntimeSymbols.PROGRAM)).isEqualTo(Program.class.getName());
    assertThat(name(RuntimeSymbols.PROGRAM) + "$" + RuntimeSymbols.SCRATCH)
        .isEqualTo(Program.Scratch.class.getName());
    assertThat(name(RuntimeSymbols.NUMERICS)).isEqualTo(Numerics.class.getName());
    assertThat(name(RuntimeSymbols.PREDICTION_SESSION))
        .isEqualTo(PredictionSession.class.getName());
    assertThat(name(RuntimeSymbols.VECTOR_SUPPORT)).isEqualTo(VectorSupport.class.getName());
    assertThat(name(RuntimeSymbols.SAFETENSORS)).isEqualTo(Safetensors.class.getName());
    assertThat(name(RuntimeSymbols.CLASSIFICATION)).isEqualTo(Classification.class.getName());
    assertThat(name(RuntimeSymbols.PICTURE)).isEqualTo(Picture.class.getName());
    assertThat(name(RuntimeSymbols.WEIGHTS_EXCEPTION)).isEqualTo(WeightsException.class.getName());
    assertThat(RuntimeSymbols.internalName("Program")).isEqualTo("org/cnnc/runtime/Program");
  }

  @Test
  void classesThatTeachHaveTheirNames() {
    assertThat(trainingName(RuntimeSymbols.TEACHER)).isEqualTo(Teacher.class.getName());
    assertThat(trainingName(RuntimeSymbols.LESSON)).isEqualTo(Lesson.class.getName());
    assertThat(trainingName(RuntimeSymbols.TRAINER_SETTINGS))
        .isEqualTo(TrainerSettings.class.getName());
    assertThat(trainingName(RuntimeSymbols.TRAINING_EXCEPTION))
        .isEqualTo(TrainingException.class.getName());
  }

  @Test
  void whatGeneratedTestsCallIsThere() throws NoSuchMethodException {
    assertThat(RuntimeSymbols.VERIFY_PACKAGE + "." + RuntimeSymbols.GOLDEN_ANSWERS)
        .isEqualTo(GoldenAnswers.class.getName());
    assertThat(RuntimeSymbols.VERIFY_PACKAGE + "." + RuntimeSymbols.GRADIENT_CHECK)
        .isEqualTo(GradientCheck.class.getName());
    assertThat(RuntimeSymbols.GOLDEN_ENDING).isEqualTo(GoldenAnswers.ENDING);
    GoldenAnswers.class.getMethod(RuntimeSymbols.READ, InputStream.class, String.class);
    GoldenAnswers.class.getMethod(
        RuntimeSymbols.VERIFY, Program.class, Safetensors.class, UnaryOperator.class);
    GoldenAnswers.class.getMethod(RuntimeSymbols.VERIFY, Program.class, Safetensors.class);
    VectorSupport.class.getMethod(RuntimeSymbols.HAS_MODULE);
    GradientCheck.class.getMethod(RuntimeSymbols.VERIFY, Program.class);
    GradientCheck.class.getMethod(RuntimeSymbols.VERIFY_SAME, Program.class, Program.class);
  }

  @Test
  void programHasTheMethodsThatEmittersImplement() throws NoSuchMethodException {
    assertThat(Program.class.getMethod(RuntimeSymbols.DESCRIPTION).getReturnType())
        .isEqualTo(String.class);
    assertThat(Program.class.getMethod(RuntimeSymbols.ROWS, int.class).getReturnType())
        .isEqualTo(float[][].class);
    assertThat(Program.class.getMethod(RuntimeSymbols.NEW_SCRATCH).getReturnType())
        .isEqualTo(Program.Scratch.class);
    assertThat(
            Program.class
                .getMethod(
                    RuntimeSymbols.RUN, int.class, int.class, int.class, Program.Scratch.class)
                .getReturnType())
        .isEqualTo(void.class);
    assertThat(Program.class.getMethods()).hasSize(4);
    assertThat(Program.Scratch.class.getMethod(RuntimeSymbols.ROWS, int.class).getReturnType())
        .isEqualTo(float[][].class);
  }

  @Test
  void intrinsicsAreStaticMethodsFromFloatToFloat() throws NoSuchMethodException {
    for (Intrinsic intrinsic : Intrinsic.values()) {
      Method method = Numerics.class.getMethod(RuntimeSymbols.intrinsic(intrinsic), float.class);
      assertThat(Modifier.isStatic(method.getModifiers())).isTrue();
      assertThat(method.getReturnType()).isEqualTo(float.class);
    }
  }
}
