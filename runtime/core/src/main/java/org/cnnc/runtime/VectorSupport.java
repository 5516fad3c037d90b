package org.cnnc.runtime;

/**
 * Whether this Java runs classes of the vector target well: the module jdk.incubator.vector is
 * there ({@code --add-modules jdk.incubator.vector}), and HotSpot compiles. The system property
 * {@code cnnc.target=plain} turns them off. Either form of a program gives the same bits.
 */
public final class VectorSupport {
  /** The system property; {@code plain} or unset. */
  public static final String PROPERTY = "cnnc.target";

  private static final String MODULE = "jdk.incubator.vector";

  private VectorSupport() {}

  /** Whether to use classes of the vector target where there are any. */
  public static boolean isWanted() {
    return !"plain".equals(System.getProperty(PROPERTY)) && hasModule() && compiles();
  }

  /** Whether the module is there. */
  public static boolean hasModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /** Interpreted or without C2, vectors crawl: every operation is a call that makes an object. */
  private static boolean compiles() {
    return System.getProperty("java.vm.name", "").contains("Server VM")
        && System.getProperty("java.vm.info", "").contains("mixed mode");
  }
}
