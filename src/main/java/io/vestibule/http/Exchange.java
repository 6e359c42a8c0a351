package io.vestibule.http;

import io.vertx.ext.web.RoutingContext;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.metrics.Tally;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer as they are measured: once. A client that left before its answer is
 * counted under the status that it would have got, since the work was done and nothing failed.
 */
@LoopConfined
final class Exchange {
  private static final String KEY = "vestibule.exchange";

  private final Requests requests;
  private final List<Tally> byStatus;
  private final long startNanos;
  private boolean counted;

  Exchange(Requests requests, List<Tally> byStatus, long startNanos) {
    this.requests = requests;
    this.byStatus = byStatus;
    this.startNanos = startNanos;
  }

  /** The first that is begun for a request stays. */
  static void begin(RoutingContext context, Supplier<Exchange> exchange) {
    if (context.get(KEY) == null) {
      context.put(KEY, exchange.get());
    }
  }

  /** That of a request that a router has taken. */
  static Exchange of(RoutingContext context) {
    @Nullable Exchange begun = context.get(KEY);
    if (begun == null) {
      throw new IllegalStateException("not measured");
    }
    return begun;
  }

  /** The answer is written, or nobody is left to read it. */
  void answered(int status) {
    if (!counted) {
      count(status);
      requests.time(status, startNanos);
    }
  }

  /** An answer that goes on has begun; how long it goes on says nothing of the gateway. */
  void streams(int status) {
    if (!counted) {
      count(status);
    }
  }

  private void count(int status) {
    counted = true;
    requests.count(byStatus, status);
  }
}
