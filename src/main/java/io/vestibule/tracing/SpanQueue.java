package io.vestibule.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Tally;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ended spans on their way to the collector. The library's own queue is bounded too and drops in
 * silence; this bound is never above it, so that whatever is dropped is counted here.
 */
@AnyThread
final class SpanQueue implements SpanProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);
  private static final Duration LOG_EVERY = Duration.ofMinutes(1);
  private static final Duration BATCH_EVERY = Duration.ofSeconds(1);
  private static final int BATCH_COUNT_MAX = 512;

  private final AtomicInteger waitingCount = new AtomicInteger();
  private final int countMax;
  private final Meters meters;
  private final Tally dropped;
  private final LimitedLog log;
  private final SpanProcessor batches;

  SpanQueue(SpanExporter exporter, int countMax, Meters meters, Time time) {
    this.countMax = countMax;
    this.meters = meters;
    this.dropped = meters.tally(Count.SPANS_DROPPED, "queue_full");
    this.log = new LimitedLog(LOG, time, LOG_EVERY);
    this.batches =
        BatchSpanProcessor.builder(new Watched(exporter))
            .setMaxQueueSize(countMax)
            .setMaxExportBatchSize(Math.min(BATCH_COUNT_MAX, countMax))
            .setScheduleDelay(BATCH_EVERY)
            .build();
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (waitingCount.incrementAndGet() > countMax) {
      waitingCount.decrementAndGet();
      dropped.add();
    } else {
      batches.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  private void exported(int count, CompletableResultCode result) {
    waitingCount.addAndGet(-count);
    if (!result.isSuccess()) {
      meters.count(Count.SPANS_DROPPED, "export_failed", count);
      log.warn(() -> "The collector of traces took no spans: " + result.getFailureThrowable());
    }
  }

  /** Spans wait until the collector has them, or does not take them. */
  private final class Watched implements SpanExporter {
    private final SpanExporter exporter;

    Watched(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int count = spans.size(); // The collection is used anew once this is over.
      CompletableResultCode result = exporter.export(spans);
      return result.whenComplete(() -> exported(count, result));
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
