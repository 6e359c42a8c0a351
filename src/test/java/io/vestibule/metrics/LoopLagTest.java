package io.vestibule.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vestibule.concurrent.Loop;
import io.vestibule.testing.SimTime;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopLagTest {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void everyLoop_isMeasured_overAndOver() {
    LoopLag.measure(vertx, Time.system(), new Meters(registry));

    for (Loop loop : Loop.all(vertx)) {
      CountDownLatch over = new CountDownLatch(1);
      loop.post(() -> awaitQuietly(over));
      long before = lag().count();
      // Of the other, while this one hangs.
      await().until(() -> lag().count() >= before + 2);
      over.countDown();
    }
  }

  @Test
  void loopThatHung_isToldWithAllOfItsLag_andWithTheTimersThatItMissed() {
    SimTime time = new SimTime();
    LoopLag.measure(vertx, time, new Meters(registry));
    CountDownLatch asked = new CountDownLatch(2);
    // Behind what begins the measuring, on each loop.
    Loop.all(vertx).forEach(loop -> loop.post(asked::countDown));
    awaitQuietly(asked);

    time.advance(Duration.ofMillis(600));

    // Asked for after 100 ms, run after 600: 500 late, and 400, 300, 200, 100 and 0 for the missed.
    await().until(() -> lag().totalTime(TimeUnit.MILLISECONDS) == 2 * 1_500);
    assertThat(lag().max(TimeUnit.MILLISECONDS)).isEqualTo(500);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Timer lag() {
    return registry.get("vestibule.loop.lag").timer();
  }
}
