package org.cnnc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void helpSucceeds() {
    assertEquals(0, Main.run("--help"));
  }

  @Test
  void wrongUsageIsTwo() {
    assertEquals(2, Main.run("--no-such-option"));
  }
}
