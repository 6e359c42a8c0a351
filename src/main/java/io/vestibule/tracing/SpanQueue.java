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
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
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
  private final Duration exportMax;
  private final Meters meters;
  private final Tally dropped;
  private final LimitedLog log;
  private final SpanProcessor batches;

  SpanQueue(SpanExporter exporter, OtlpTracing.Bounds bounds, Meters meters, Time time) {
    this.countMax = bounds.waitingCountMax();
    this.exportMax = bounds.exportMax();
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

  private void exported(int count, @Nullable Throwable failure) {
    waitingCount.addAndGet(-count);
    if (failure != null) {
      meters.count(Count.SPANS_DROPPED, "export_failed", count);
      log.warn(() -> "The collector of traces took no spans: " + failure);
    }
  }

  /** Spans wait until the collector has them, does not take them, or has had its time. */
  private final class Watched implements SpanExporter {
    private final SpanExporter exporter;

    Watched(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int count = spans.size(); // The collection is used anew once this is over.
      CompletableResultCode over = new CompletableResultCode();
      CompletableFuture<Boolean> unused = // What comes of it is said by `over`.
          sent(spans)
              .orTimeout(exportMax.toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete(
                  (taken, failure) -> {
                    exported(count, failure);
                    end(over, failure);
                  });
      return over;
    }

    /** The exporter's own time ends with the head of an answer; its body may never come. */
    private CompletableFuture<Boolean> sent(Collection<SpanData> spans) {
      CompletableFuture<Boolean> sent = new CompletableFuture<>();
      try {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> end(sent, result));
      } catch (RuntimeException refused) { // Its threads may all be taken.
        sent.completeExceptionally(refused);
      }
      return sent;
    }

    private static void end(CompletableFuture<Boolean> sent, CompletableResultCode result) {
      if (result.isSuccess()) {
        sent.complete(true);
      } else {
        Throwable cause = result.getFailureThrowable();
        sent.completeExceptionally(cause == null ? new IOException("refused") : cause);
      }
    }

    private static void end(CompletableResultCode over, @Nullable Throwable failure) {
      if (failure == null) {
        over.succeed();
      } else {
        over.failExceptionally(failure);
      }
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
