package io.vestibule.tracing;

import io.vertx.core.Future;
import io.vestibule.access.UnlockId;
import io.vestibule.metrics.Exemplar;
import java.util.Optional;

/** What follows nothing, without a class of OpenTelemetry or an allocation. */
enum Untraced implements Tracing, Trace {
  INSTANCE;

  @Override
  public Trace begin(String edge, Optional<String> traceparent) {
    return this;
  }

  @Override
  public void stage(String name, long fromNanos, long toNanos) {}

  @Override
  public void attempt(UnlockId unlock, boolean replayed) {}

  @Override
  public void end(String outcome, String reason, boolean fault, long atNanos) {}

  @Override
  public Exemplar exemplar() {
    return Exemplar.NONE;
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
