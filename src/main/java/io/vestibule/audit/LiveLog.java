package io.vestibule.audit;

import io.vertx.core.Vertx;
import io.vestibule.access.BuildingId;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.LoopConfined;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the logs that readers on one event loop watch: each is asked once an interval for what is
 * new, however many watch it. It asks on the connection that everything else shares, so it never
 * blocks there, and needs nothing of its own in a cluster or after a failover.
 */
@LoopConfined
public final class LiveLog {
  /** Hears of new records. */
  public interface Watcher {
    /** In the order of recording, each once; called with one at least. */
    void recorded(List<StoredRecord> records);

    /** Nothing more will come; the cause is a bug. */
    void failed(Throwable bug);
  }

  private final Vertx vertx;
  private final AuditReader reader;
  private final Duration interval;
  private final Loop loop = Loop.current();
  // One for each log watched, so at most one for each open stream.
  private final Map<BuildingId, Tail> tails = new HashMap<>();

  public LiveLog(Vertx vertx, AuditReader reader, Duration interval) {
    this.vertx = vertx;
    this.reader = reader;
    this.interval = interval;
  }

  /**
   * Tells the watcher of every record after the place until the watch is ended. While Redis is away
   * nothing is told; afterwards it goes on where it was.
   */
  public Watch watch(BuildingId building, RecordId place, Watcher watcher) {
    loop.check();
    Tail tail = tails.computeIfAbsent(building, any -> new Tail(vertx, reader, building, interval));
    Watch watch = new Watch(place, watcher, ended -> leave(building, tail, ended));
    tail.add(watch);
    return watch;
  }

  /** How many logs are followed. */
  int followedCount() {
    return tails.size();
  }

  private void leave(BuildingId building, Tail tail, Watch watch) {
    loop.check();
    if (tail.remove(watch)) {
      tails.remove(building, tail);
    }
  }
}
