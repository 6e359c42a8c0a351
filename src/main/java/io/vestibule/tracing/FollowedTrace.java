package io.vestibule.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.vestibule.access.UnlockId;
import io.vestibule.metrics.Exemplar;
import java.util.concurrent.TimeUnit;

/** One span for the request, and a child for each of its stages. */
final class FollowedTrace implements Trace {
  static final AttributeKey<String> EDGE = AttributeKey.stringKey("vestibule.edge");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("vestibule.outcome");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("vestibule.reason");
  private static final AttributeKey<String> UNLOCK = AttributeKey.stringKey("vestibule.unlock");
  private static final AttributeKey<Boolean> REPLAYED =
      AttributeKey.booleanKey("vestibule.replayed");

  private final Tracer tracer;
  private final Span span;
  private final Context within;
  private final Moment began;
  private final Exemplar exemplar;

  /** One moment on both clocks; whatever follows is measured on the monotonic one. */
  record Moment(long epochNanos, long nanos) {
    long epochNanosAt(long laterNanos) {
      return epochNanos + (laterNanos - nanos);
    }
  }

  FollowedTrace(Tracer tracer, Span span, Moment began) {
    this.tracer = tracer;
    this.span = span;
    this.within = Context.root().with(span);
    this.began = began;
    this.exemplar =
        new Exemplar(span.getSpanContext().getTraceId(), span.getSpanContext().getSpanId());
  }

  @Override
  public void stage(String name, long fromNanos, long toNanos) {
    tracer
        .spanBuilder(name)
        .setParent(within)
        .setStartTimestamp(began.epochNanosAt(fromNanos), TimeUnit.NANOSECONDS)
        .startSpan()
        .end(began.epochNanosAt(toNanos), TimeUnit.NANOSECONDS);
  }

  @Override
  public void attempt(UnlockId unlock, boolean replayed) {
    span.setAttribute(UNLOCK, unlock.text()).setAttribute(REPLAYED, replayed);
  }

  @Override
  public void end(String outcome, String reason, boolean fault, long atNanos) {
    span.setAttribute(OUTCOME, outcome).setAttribute(REASON, reason);
    if (fault) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(began.epochNanosAt(atNanos), TimeUnit.NANOSECONDS);
  }

  @Override
  public Exemplar exemplar() {
    return exemplar;
  }
}
