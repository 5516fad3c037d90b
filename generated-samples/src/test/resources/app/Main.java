package org.example.app;

import java.util.Arrays;

/** Asks the model about a picture, and says in which surroundings. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int[] argb = new int[40 * 50];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = i * 7919;
    }
    HousePersonTree model = HousePersonTree.load();
    HousePersonTree.Answer answer = model.classify(argb, 40, 50);
    System.out.println(answer.label() + " " + Arrays.toString(answer.scores()));
    System.out.println(
        "desktop " + ModuleLayer.boot().findModule("java.desktop").isPresent()
            + ", module " + Main.class.getModule().getName()
            + ", runtime " + model.weights().getClass().getModule().getName());
    System.out.println("vectors " + model.usesVectors());
  }
}
