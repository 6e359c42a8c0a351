package io.vestibule.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProcessMetersTest {
  private static final int SIZE = 32 * 1024 * 1024;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void buffersOfConnections_areCounted() {
    try (ProcessMeters meters = new ProcessMeters(registry, new Meters(registry))) {
      double before = directBytes();

      ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(SIZE);

      assertThat(directBytes() - before).isGreaterThanOrEqualTo(SIZE);
      buffer.release();
      assertThat(meters).isNotNull();
    }
  }

  @Test
  void logLines_areCountedByLevel_untilItIsClosed() {
    try (ProcessMeters meters = new ProcessMeters(registry, new Meters(registry))) {
      double before = warnings();
      LoggerFactory.getLogger(ProcessMetersTest.class).warn("counted");

      assertThat(meters).isNotNull();
      assertThat(warnings()).isEqualTo(before + 1);
    }
    double closed = warnings();

    LoggerFactory.getLogger(ProcessMetersTest.class).warn("not counted");

    assertThat(warnings()).isEqualTo(closed);
  }

  private double directBytes() {
    return registry.get("vestibule.buffers.size").gauge().value();
  }

  private double warnings() {
    return registry.get("logback.events").tag("level", "warn").functionCounter().count();
  }
}
