package io.vestibule.directory;

import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.Site;

/**
 * How many bytes an entry takes in memory, with its key and what the cache needs for it: what
 * {@code load-tests/run decision} measures, rounded up. Of all that the cache may hold doors and
 * couriers have three eighths each and buildings a quarter.
 */
final class Weights {
  private static final int EIGHTHS = 8;
  private static final int DOOR = 200;
  private static final int COURIER = 350;
  private static final int KEY = 300;

  /** What the cache needs for any entry. */
  private static final int NODE = 100;

  private Weights() {}

  static NearCache.Bound<CourierId, CourierEntry> couriers(long bytesMax) {
    return new NearCache.Bound<>(
        3 * bytesMax / EIGHTHS, (id, entry) -> COURIER + KEY * entry.keys().size());
  }

  static NearCache.Bound<DoorId, Door> doors(long bytesMax) {
    return new NearCache.Bound<>(3 * bytesMax / EIGHTHS, (id, door) -> DOOR + id.text().length());
  }

  static NearCache.Bound<BuildingId, Site> sites(long bytesMax) {
    return new NearCache.Bound<>(
        2 * bytesMax / EIGHTHS, (id, site) -> NODE + site.policy().sizeBytes());
  }
}
