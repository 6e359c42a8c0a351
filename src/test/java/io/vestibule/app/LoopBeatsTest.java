package io.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vestibule.health.State;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.SimTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopBeatsTest {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final SimTime time = new SimTime();
  private final LoopBeats beats = LoopBeats.start(vertx, time);

  @AfterEach
  void end() {
    beats.close();
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void blockedLoop_isTold_untilItComesRound() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch mended = new CountDownLatch(1);
    vertx.runOnContext(
        nothing -> {
          blocked.countDown();
          try {
            mended.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    blocked.await();
    assertThat(beats.standing().state()).isEqualTo(State.UP);

    time.advance(Duration.ofSeconds(3));

    await().until(() -> beats.standing().detail().filter("1 of 2 loops"::equals).isPresent());
    assertThat(beats.standing().state()).isEqualTo(State.DEGRADED);
    mended.countDown();
    await().until(() -> beats.standing().state() == State.UP);
  }
}
