package io.vestibule.bench;

import io.vestibule.access.AccessRequest;
import io.vestibule.access.CourierId;
import io.vestibule.access.Decision;
import io.vestibule.access.DoorId;
import io.vestibule.access.Policy;
import io.vestibule.access.Premises;
import io.vestibule.directory.CachedTown;
import io.vestibule.directory.FactFinder;
import io.vestibule.directory.Facts;
import io.vestibule.directory.TownDocuments;
import io.vestibule.directory.TownSize;
import io.vestibule.signing.Algorithm;
import java.time.Instant;
import java.util.Optional;
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

/** What does the policy cost, once the request is proven and all it asks for is in memory? */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyBenchmark {
  private static final long SEED = 20_261_122;

  @Param({"ONE_RULE", "TEN_THOUSAND_RULES", "MILLION_DOORS"})
  public TownSize size;

  /** A power of two. Few stay in the processor's cache; many each come from main memory. */
  @Param({"1024"})
  public int visitCount;

  private FactFinder directory;
  private CourierId[] couriers;
  private DoorId[] doors;
  private Instant[] instants;
  private AccessRequest[] requests;
  private Premises[] premises;
  private int next;

  @Setup
  public void fill() {
    CachedTown town = CachedTown.of(size, CourierKeys.make(Algorithm.EDDSA, 1).jwks());
    Random random = new Random(SEED);
    directory = town.directory();
    couriers = new CourierId[visitCount];
    doors = new DoorId[visitCount];
    instants = new Instant[visitCount];
    for (int visit = 0; visit < visitCount; visit++) {
      couriers[visit] = TownDocuments.courier(random.nextInt(town.courierCount()));
      doors[visit] = TownDocuments.door(random.nextInt(town.doorCount()));
      instants[visit] = TownDocuments.workingHour(random);
    }
    makeReady();
  }

  private void makeReady() {
    requests = new AccessRequest[visitCount];
    premises = new Premises[visitCount];
    for (int visit = 0; visit < visitCount; visit++) {
      Facts facts = directory.known(couriers[visit], doors[visit]).orElseThrow();
      requests[visit] = request(facts, instants[visit]);
      premises[visit] = facts.premises().orElseThrow();
      if (!(Policy.decide(requests[visit], premises[visit]) instanceof Decision.Granted)) {
        throw new IllegalStateException("a visit that is in order is not granted");
      }
    }
  }

  /** Courier, door and site are looked up, and decided upon. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public Decision lookUpAndDecide() {
    int visit = next++ & (visitCount - 1);
    Facts facts = directory.known(couriers[visit], doors[visit]).orElseThrow();
    return Policy.decide(request(facts, instants[visit]), facts.premises().orElseThrow());
  }

  /** On ready facts. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public Decision decide() {
    int visit = next++ & (visitCount - 1);
    return Policy.decide(requests[visit], premises[visit]);
  }

  private static AccessRequest request(Facts facts, Instant at) {
    return new AccessRequest(
        facts.courier().orElseThrow().courier(), Optional.of(TownDocuments.PLACE), at);
  }
}
