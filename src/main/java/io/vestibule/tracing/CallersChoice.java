package io.vestibule.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.time.Time;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Follows what a caller wants followed, up to a rate: whoever asks is a stranger until the
 * signature is verified, and must not be able to have everything exported.
 */
@AnyThread
final class CallersChoice implements Sampler {
  private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Time time;
  private final long stepNanos;
  // Each that is followed moves it on by a step; as far ahead as the burst, none is.
  private final AtomicLong spentUntilNanos;

  /** As many at once as in a second. */
  CallersChoice(int perSecond, Time time) {
    this.time = time;
    this.stepNanos = BURST_NANOS / perSecond;
    this.spentUntilNanos = new AtomicLong(time.nanoTime());
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    return allowed() ? SamplingResult.recordAndSample() : SamplingResult.drop();
  }

  private boolean allowed() {
    long now = time.nanoTime();
    while (true) {
      long spent = spentUntilNanos.get();
      // Subtract before comparing: nanoTime may wrap.
      long next = (spent - now < 0 ? now : spent) + stepNanos;
      if (next - now > BURST_NANOS) {
        return false;
      }
      if (spentUntilNanos.compareAndSet(spent, next)) {
        return true;
      }
    }
  }

  @Override
  public String getDescription() {
    return "CallersChoice";
  }
}
