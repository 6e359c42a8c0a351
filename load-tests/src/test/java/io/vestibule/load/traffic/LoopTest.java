package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.load.stage.CannotRun;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoopTest {
  private final CountDownLatch stuck = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    stuck.countDown();
  }

  @Test
  void whatIsAskedOfIt_isAnswered() throws Exception {
    try (Loop loop = new Loop()) {
      assertThat(loop.call(() -> 7)).isEqualTo(7);
    }
  }

  @Test
  void aLoopThatHangs_isNamed_byWhoAsksAndByWhoEndsIt() {
    Loop loop = new Loop(Duration.ofMillis(20));
    loop.executor().execute(this::hang);

    assertThatThrownBy(() -> loop.call(() -> 7))
        .isInstanceOf(CannotRun.class)
        .hasMessageStartingWith("the generator hangs: its event loop did not answer within");
    assertThatThrownBy(loop::close)
        .isInstanceOf(CannotRun.class)
        .hasMessageStartingWith("the generator hangs: its event loop did not end within");
  }

  private void hang() {
    boolean interrupted = false;
    while (stuck.getCount() > 0) {
      try {
        stuck.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
