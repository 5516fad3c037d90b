package org.cnnc.compiler.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.cnnc.compiler.TargetChoice;
import org.cnnc.runtime.Program;
import org.cnnc.training.Teacher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An app with the runtime inside, in a class loader of its own, as servers run apps: once it was
 * used in every way and is dropped, nothing holds it.
 */
final class UnloadingTest {
  private static final int ATTEMPTS = 100;
  private static final int MILLISECONDS = 50;

  private static final String USING =
      """
      public final class App implements BooleanSupplier {
        /** Whether something in the background could hold the app. */
        @Override
        public boolean getAsBoolean() {
          try {
            Lecture model = Lecture.load();
            Picture picture = new Picture(new int[144], 12, 12);
            Set<Thread> others = Thread.getAllStackTraces().keySet();
            boolean warmsUp = false;
            for (int i = 0; i < 2000 && !warmsUp; i++) {
              model.predictAll(new float[500 * 3 * 12 * 12]);
              warmsUp = isWarmingUp(others) || model.usesVectors();
            }
            Thread[] threads = new Thread[4];
            for (int i = 0; i < threads.length; i++) {
              threads[i] = new Thread(() -> model.classify(picture));
              threads[i].start();
            }
            for (Thread thread : threads) {
              thread.join();
            }
            model.classifyAll(Collections.nCopies(20, picture));
            model.predictAll(new float[20 * 3 * 12 * 12]);
            LectureTeacher teacher =
                new LectureTeacher(model, new TrainerSettings(2, 0.01f, 1, 3, Optional.empty()));
            for (int i = 0; i < 12; i++) {
              teacher.show(Lecture.Label.TREE, picture);
            }
            teacher.learn();
            return warmsUp;
          } catch (InterruptedException | TrainingException | WeightsException e) {
            throw new IllegalStateException(e);
          }
        }

        /** Whether there is a thread for it that was not there before: other tests may have one. */
        private static boolean isWarmingUp(Set<Thread> others) {
          return Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !others.contains(thread))
              .anyMatch(thread -> thread.getName().equals("cnnc-warm-up"));
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void aDroppedAppIsUnloaded() throws Exception {
    CompiledApp app = CompiledApp.of("backends/lecture.net", USING, TargetChoice.BOTH);
    app.writeClasses(folder);
    app.writeWeights(folder, "Lecture");
    ReferenceQueue<ClassLoader> unloaded = new ReferenceQueue<>();
    WeakReference<ClassLoader> loader = useAndDrop(unloaded);
    Reference<?> dropped = null;
    for (int i = 0; i < ATTEMPTS && dropped == null; i++) {
      System.gc();
      dropped = unloaded.remove(MILLISECONDS);
    }
    assertThat(dropped).as("something still holds the app's class loader").isSameAs(loader);
  }

  private WeakReference<ClassLoader> useAndDrop(ReferenceQueue<ClassLoader> unloaded)
      throws IOException {
    URL[] places = {folder.toUri().toURL(), placeOf(Program.class), placeOf(Teacher.class)};
    try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
      BooleanSupplier user = (BooleanSupplier) CompiledApp.instance(loader);
      assertThat(user.getClass().getClassLoader()).isSameAs(loader);
      assertThat(user.getAsBoolean())
          .as("vectors were warmed up in the background, by a thread that could hold the app")
          .isTrue();
      return new WeakReference<>(loader, unloaded);
    }
  }

  private static URL placeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
