package io.vestibule.directory;

import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Tally;

/** What is counted of the entries of one kind. */
@AnyThread
final class CacheTallies {
  private final Tally hits;
  private final Tally misses;
  private final Tally loads;
  private final Tally notKept;
  private final Tally evictions;
  private final Tally invalidations;

  CacheTallies(Meters meters, Kind kind) {
    this.hits = meters.tally(Count.CACHE_HITS, kind.code());
    this.misses = meters.tally(Count.CACHE_MISSES, kind.code());
    this.loads = meters.tally(Count.CACHE_LOADS, kind.code());
    this.notKept = meters.tally(Count.CACHE_LOADS_DROPPED, kind.code());
    this.evictions = meters.tally(Count.CACHE_EVICTIONS, kind.code());
    this.invalidations = meters.tally(Count.CACHE_INVALIDATIONS, kind.code());
  }

  void found() {
    hits.add();
  }

  void missed() {
    misses.add();
  }

  void loaded() {
    loads.add();
  }

  void notKept() {
    notKept.add();
  }

  void evicted() {
    evictions.add();
  }

  void invalidated() {
    invalidations.add();
  }
}
