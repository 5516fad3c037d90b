package org.cnnc.runtime;

import java.lang.module.ModuleFinder;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether this Java runs classes of the vector target well: the module jdk.incubator.vector is
 * there ({@code --add-modules jdk.incubator.vector}), and HotSpot's C2 compiles. The system
 * property {@code cnnc.target} decides otherwise. Either form of a program gives the same bits.
 */
public final class VectorSupport {
  /**
   * The system property: {@code plain} leaves vectors alone, {@code vector} uses them from the
   * first call on wherever the module is there, {@code auto} is what happens without it: plain
   * first, then vectors once they are compiled.
   */
  public static final String PROPERTY = "cnnc.target";

  private static final String MODULE = "jdk.incubator.vector";
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private VectorSupport() {}

  /** Whether to use classes of the vector target where there are any. */
  public static boolean isWanted() {
    return !isRefused() && hasModule() && (isDemanded() || compiles());
  }

  /** Whether the user wants plain classes alone. */
  public static boolean isRefused() {
    return "plain".equals(System.getProperty(PROPERTY));
  }

  /** Whether the user wants vectors from the first call on. */
  public static boolean isDemanded() {
    return "vector".equals(System.getProperty(PROPERTY));
  }

  /** Whether the module is there. */
  public static boolean hasModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** Whether vectors would be used if this Java, which has the module, ran with it. */
  public static boolean isMissed() {
    return !isRefused()
        && !hasModule()
        && (isDemanded() || compiles())
        && ModuleFinder.ofSystem().find(MODULE).isPresent();
  }

  /**
   * The module; that of a generated class has to read it ({@link Module#addReads}).
   *
   * @throws IllegalStateException if it is not there; the message says how to get it
   */
  public static Module module() {
    if (!hasModule()) {
      throw new IllegalStateException(
          "classes of the vector target need java --add-modules " + MODULE);
    }
    return ModuleLayer.boot().findModule(MODULE).orElseThrow();
  }

  /**
   * Tells, once in the life of the program, how to get what this Java could give: nothing when the
   * module is there already, or would be of no use.
   */
  public static void tellOnce() {
    if (isMissed() && TOLD.compareAndSet(false, true)) {
      System.getLogger(VectorSupport.class.getPackageName())
          .log(
              System.Logger.Level.INFO,
              "this program is faster, to the same bits, with java --add-modules "
                  + MODULE
                  + " (-D"
                  + PROPERTY
                  + "=plain: without this message)");
    }
  }

  /** Interpreted or without C2, vectors crawl: every operation is a call that makes an object. */
  private static boolean compiles() {
    String info = System.getProperty("java.vm.info", "");
    return System.getProperty("java.vm.name", "").contains("Server VM")
        && info.contains("mixed mode")
        && !info.contains("emulated-client"); // only C1: -XX:TieredStopAtLevel=1
  }
}
