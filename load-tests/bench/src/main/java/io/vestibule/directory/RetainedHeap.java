package io.vestibule.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.json.Json;
import io.vestibule.time.Time;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.function.IntFunction;

/**
 * What does an entry of the near cache take of the heap, with its key and all that the cache needs
 * for it? The difference to what is used after collection that the second half makes: what is
 * loaded and made once, however many entries there are, came with the first.
 */
public final class RetainedHeap {
  private static final TownSize SIZE = TownSize.MILLION_DOORS;
  private static final long BYTES_MAX = 1L << 34;

  /** Keys of native memory are freed by a thread of their own, some time after a collection. */
  private static final long SETTLING_MS = 300;

  private static final int SETTLED_COUNT = 3;
  private static final int SETTLING_COUNT_MAX = 50;
  private static final long SETTLED_BYTES = 10_000;

  private final TownSource source;
  private final Filling before;
  private final Filling counted;

  private RetainedHeap(TownSource source, Filling before, Filling counted) {
    this.source = source;
    this.before = before;
    this.counted = counted;
  }

  /** So many of a kind. */
  private record Filling(int count, Reading reading) {
    static final Filling NONE = new Filling(0, (cache, number) -> {});

    static Filling buildings(int count) {
      return new Filling(count, (cache, number) -> cache.site(TownDocuments.building(number)));
    }

    void fill(CachedEntries cache) {
      CachedTown.onLoop(() -> read(cache));
    }

    /** Off an event loop nothing can be read that is not in memory. */
    void read(CachedEntries cache) {
      for (int number = 0; number < count; number++) {
        reading.read(cache, number);
      }
    }

    Filling half() {
      return new Filling(count / 2, reading);
    }
  }

  private interface Reading {
    void read(CachedEntries cache, int number);
  }

  /** In buildings that are there before: a door has its building's name from there. */
  public static double bytesPerDoor(int count) throws InterruptedException {
    Filling doors = new Filling(count, (cache, number) -> cache.door(TownDocuments.door(number)));
    return new RetainedHeap(
            CachedTown.source(SIZE, number -> Json.object()),
            Filling.buildings(SIZE.buildingCount),
            doors)
        .bytesPerEntry();
  }

  /** With one key; each has a key of their own. */
  public static double bytesPerCourier(int count, IntFunction<ObjectNode> jwks)
      throws InterruptedException {
    Filling couriers =
        new Filling(count, (cache, number) -> cache.courier(TownDocuments.courier(number)));
    return new RetainedHeap(CachedTown.source(SIZE, jwks), Filling.NONE, couriers).bytesPerEntry();
  }

  /** With ten rules, and its lockdown. */
  public static double bytesPerBuilding(int count) throws InterruptedException {
    return new RetainedHeap(
            CachedTown.source(SIZE, number -> Json.object()),
            Filling.NONE,
            Filling.buildings(count))
        .bytesPerEntry();
  }

  private double bytesPerEntry() throws InterruptedException {
    CachedEntries cache =
        new CachedEntries(
            new CachedEntries.Parts(
                source, CachedEntries.Tallies.of(CachedTown.meters()), BYTES_MAX, Time.system()));
    before.fill(cache);
    counted.half().fill(cache);
    long half = settledBytes();
    counted.fill(cache);
    long whole = settledBytes();
    counted.read(cache);
    return (double) (whole - half) / (counted.count() - counted.half().count());
  }

  /** The same several times in a row. */
  private static long settledBytes() throws InterruptedException {
    long last = Long.MAX_VALUE;
    int sameCount = 0;
    for (int settling = 0; settling < SETTLING_COUNT_MAX; settling++) {
      System.gc();
      Thread.sleep(SETTLING_MS);
      long used = usedBytes();
      sameCount = Math.abs(last - used) < SETTLED_BYTES ? sameCount + 1 : 0;
      if (sameCount == SETTLED_COUNT) {
        return used;
      }
      last = used;
    }
    throw new IllegalStateException("the heap does not settle");
  }

  /** As the last collection left it: what was allocated since would count as much as it did. */
  private static long usedBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }
}
