package io.vestibule.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Stopwatch;
import io.vestibule.metrics.Tag;
import io.vestibule.metrics.Tally;
import io.vestibule.metrics.Timing;
import io.vestibule.time.Time;
import java.util.List;

/** How many requests of the API are answered, and how fast. */
@AnyThread
final class Requests {
  /** Of what is no route, or no request that HTTP allows. */
  static final String NO_ROUTE = "none";

  private static final int STATUS_CLASS_FIRST = 2;

  private final Meters meters;
  private final Time time;
  private final List<Stopwatch> took;
  private final List<Tally> unrouted;

  Requests(Meters meters, Time time) {
    this.meters = meters;
    this.time = time;
    this.took =
        Tag.STATUS.all().stream()
            .map(status -> meters.stopwatch(Timing.HTTP_REQUEST_DURATION, status))
            .toList();
    this.unrouted = byStatus(NO_ROUTE);
  }

  /**
   * The same handler, its requests measured as of that route unless one is measured already.
   *
   * @param path as the router knows it, or {@link #NO_ROUTE}; another is a bug and throws
   */
  Handler<RoutingContext> of(String path, Handler<RoutingContext> handler) {
    List<Tally> byStatus = byStatus(path);
    return context -> {
      Exchange.begin(context, () -> new Exchange(this, byStatus, time.nanoTime()));
      handler.handle(context);
    };
  }

  /** What the router never sees. */
  Exchange invalid() {
    return new Exchange(this, unrouted, time.nanoTime());
  }

  /** {@code /v1/doors/:door} as the metric's tag has it. */
  static String tag(String path) {
    return path.replaceAll(":([a-z]+)", "{$1}");
  }

  void count(List<Tally> byStatus, int status) {
    byStatus.get(classOf(status)).add();
  }

  void time(int status, long startNanos) {
    took.get(classOf(status)).record(time.nanoTime() - startNanos);
  }

  private List<Tally> byStatus(String path) {
    return Tag.STATUS.all().stream()
        .map(status -> meters.tally(Count.HTTP_REQUESTS, tag(path), status))
        .toList();
  }

  /** From 2xx on: there is no answer before the last. */
  private static int classOf(int status) {
    return status / 100 - STATUS_CLASS_FIRST;
  }
}
