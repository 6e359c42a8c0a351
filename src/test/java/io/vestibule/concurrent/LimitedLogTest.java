package io.vestibule.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.SimTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class LimitedLogTest {
  private final SimTime time = new SimTime();
  private final AtomicInteger written = new AtomicInteger();
  private final LimitedLog log = new LimitedLog(NOPLogger.NOP_LOGGER, time, Duration.ofSeconds(1));

  @Test
  void warnings_ofOneInterval_areOneLine() {
    for (int times = 0; times < 100; times++) {
      warn();
    }
    assertThat(written).hasValue(1);

    time.advance(Duration.ofSeconds(1));
    warn();
    warn();

    assertThat(written).hasValue(2);
  }

  private void warn() {
    log.warn(() -> "line " + written.incrementAndGet());
  }
}
