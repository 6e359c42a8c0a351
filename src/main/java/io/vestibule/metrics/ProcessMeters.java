package io.vestibule.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.netty.util.internal.PlatformDependent;
import java.util.List;

/**
 * What the JVM, the system and the log tell of this process. Buffers of connections are Netty's own
 * count: on JDK 25 it takes memory that the JVM's count of direct ones does not see.
 */
public final class ProcessMeters implements AutoCloseable {
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final LogbackMetrics log = new LogbackMetrics();

  public ProcessMeters(MeterRegistry registry, Meters meters) {
    meters.gauge(Gauge.BUFFERS_SIZE, PlatformDependent::usedDirectMemory);
    List<MeterBinder> binders =
        List.of(
            new JvmMemoryMetrics(),
            gc,
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics(),
            log);
    binders.forEach(binder -> binder.bindTo(registry));
  }

  /** Leaves the collector's notifications and the log alone. */
  @Override
  public void close() {
    gc.close();
    log.close();
  }
}
