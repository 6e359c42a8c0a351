package io.vestibule.bench;

import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.directory.CachedTown;
import io.vestibule.directory.TownDocuments;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What does it cost to find a door that is in memory, at random among so many? */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheHitBenchmark {
  private static final long SEED = 20_261_122;

  @Param({"10000", "1000000"})
  public int doorCount;

  private CachedTown.Doors cache;
  private DoorId[] asked;
  private int next;

  @Setup
  public void fill() {
    cache = CachedTown.doors(doorCount);
    Random random = new Random(SEED);
    asked = new DoorId[Integer.highestOneBit(doorCount)];
    for (int index = 0; index < asked.length; index++) {
      asked[index] = TownDocuments.door(random.nextInt(doorCount));
    }
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public Door hit() {
    return cache.find(asked[next++ & (asked.length - 1)]);
  }
}
