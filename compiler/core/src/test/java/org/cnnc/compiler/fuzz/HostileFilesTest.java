package org.cnnc.compiler.fuzz;

import org.junit.jupiter.api.Test;

/**
 * Mutilated files of data and weights, and pictures: the readers' own exceptions, no others, and no
 * more memory than a file's bytes justify. What a campaign finds is kept by the readers' tests.
 */
class HostileFilesTest {
  @Test
  void mutilatedFilesAreRefusedByName() throws InterruptedException {
    new Campaign<>("data and weights", 5_000, 10_000_000, HostileFiles::new).run(0.05, 0.6);
  }

  @Test
  void mutilatedPicturesAreRefused() throws InterruptedException {
    new Campaign<>("pictures", 4_000, 1_000_000, HostilePictures::new).run(0.05, 0.8);
  }
}
