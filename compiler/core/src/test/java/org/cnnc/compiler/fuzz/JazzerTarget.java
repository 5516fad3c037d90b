package org.cnnc.compiler.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cnnc.compiler.fuzz.Hostile.Verdict;

/**
 * What Jazzer calls with the inputs that it makes: the same readers, with the same expectations, as
 * a {@link Campaign}. The target's argument is what is read: {@code texts}, a kind of file, or a
 * kind of picture.
 */
public final class JazzerTarget {
  private static final String TEXTS = "texts";

  /** Reads bytes of one kind. */
  private interface Reader {
    Verdict read(byte[] bytes) throws IOException;
  }

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static Reader reader;
  private static Hostile<?> open;

  private JazzerTarget() {}

  /** Chooses what is read. Jazzer calls it once, before all inputs. */
  public static void fuzzerInitialize(String[] arguments) {
    reader = reader(arguments[0]);
    for (byte[] example : examples(arguments[0])) {
      attempt(example); // what is loaded once is no input's memory
    }
  }

  /** Jazzer calls it behind all inputs. */
  public static void fuzzerTearDown() throws IOException {
    open.close();
  }

  /**
   * Reads an input; whatever is thrown is a finding. One that takes too much memory is read twice:
   * classes are loaded, and changed by Jazzer, in the thread that needs them first.
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (excess(bytes) > 0) {
      long excess = excess(bytes);
      if (excess > 0) {
        throw new AssertionError("allocated " + excess + " bytes more than are justified");
      }
    }
  }

  private static long excess(byte[] bytes) {
    long id = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(id);
    Verdict verdict = attempt(bytes);
    return THREADS.getThreadAllocatedBytes(id) - before - verdict.justifiedBytes();
  }

  private static Verdict attempt(byte[] bytes) {
    try {
      return reader.read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a reader threw what it does not declare", e);
    }
  }

  /** Sound inputs of a kind: what Jazzer begins with. */
  static List<byte[]> examples(String name) {
    if (!name.equals(TEXTS)) {
      return picture(name)
          .map(HostilePictures.Kind::form)
          .orElseGet(() -> file(name).form())
          .examples();
    }
    List<byte[]> examples = new ArrayList<>();
    texts().examples().forEach(text -> examples.add(text.getBytes(StandardCharsets.UTF_8)));
    return examples;
  }

  private static Reader reader(String name) {
    if (name.equals(TEXTS)) {
      HostileTexts texts = texts();
      open = texts;
      return bytes -> texts.read(new String(bytes, StandardCharsets.UTF_8));
    }
    Optional<HostilePictures.Kind> picture = picture(name);
    if (picture.isPresent()) {
      HostilePictures pictures = new HostilePictures();
      open = pictures;
      return bytes -> pictures.read(new HostilePictures.PictureBytes(picture.get(), bytes));
    }
    FileKind kind = file(name);
    HostileFiles files = new HostileFiles();
    open = files;
    return bytes -> files.read(new HostileFiles.FileBytes(kind, bytes));
  }

  private static HostileTexts texts() {
    try {
      return new HostileTexts();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<HostilePictures.Kind> picture(String name) {
    return Arrays.stream(HostilePictures.Kind.values())
        .filter(kind -> kind.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  private static FileKind file(String name) {
    return FileKind.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
