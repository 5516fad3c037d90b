package org.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskSharesTest {
  @Test
  void aThreadTakesItsShareThenThatOfOthers() {
    TaskShares shares = new TaskShares(3);
    for (int step = 0; step < 2; step++) {
      shares.begin(8); // 0 and 1, 2 to 4, 5 to 7
      assertThat(take(shares, 1, 4)).containsExactly(2, 3, 4, 5);
      assertThat(take(shares, 2, 3)).containsExactly(6, 7, 0);
      assertThat(take(shares, 0, 2)).containsExactly(1, -1);
      assertThat(take(shares, 1, 1)).containsExactly(-1);
    }
  }

  @Test
  void fewerTasksThanThreadsAreFoundByAll() {
    for (int thread = 0; thread < 5; thread++) {
      TaskShares shares = new TaskShares(5);
      shares.begin(2);
      assertThat(take(shares, thread, 3)).containsExactlyInAnyOrder(0, 1, -1);
    }
  }

  @Test
  void abandonedTasksAreTakenByNobody() {
    TaskShares shares = new TaskShares(2);
    shares.begin(6);
    assertThat(take(shares, 1, 1)).containsExactly(3);
    shares.abandon();
    assertThat(take(shares, 0, 1)).containsExactly(-1);
    assertThat(take(shares, 1, 1)).containsExactly(-1);
  }

  private static List<Integer> take(TaskShares shares, int thread, int times) {
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      taken.add(shares.take(thread));
    }
    return taken;
  }
}
