package io.vestibule.directory;

import io.vertx.core.Future;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import java.util.Optional;

/** Finds what a decision stands on: in memory while that is proven up to date, else in Redis. */
public interface FactFinder {
  /**
   * What is known without asking Redis; empty where anything of it is not cached, or the cache is
   * not proven to be up to date. Touches nothing but memory, on any thread.
   */
  Optional<Facts> known(CourierId courier, DoorId door);

  /**
   * As {@link #known}, and what is not cached is read from Redis in one round trip. An entry that
   * cannot be read is not there; of a building that cannot be read no consent is known. Fails only
   * with {@link io.vestibule.store.StoreUnavailable}; completes on the caller's context.
   */
  Future<Facts> find(CourierId courier, DoorId door);
}
