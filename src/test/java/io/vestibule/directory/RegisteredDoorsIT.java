package io.vestibule.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Status;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.concurrent.Timers;
import io.vestibule.store.Keys;
import io.vestibule.testing.RedisFixture;
import io.vestibule.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The number of registered doors, against a real Redis. */
class RegisteredDoorsIT {
  private static final ManagerId HOMES = new ManagerId("homes");
  private static final BuildingId ELM = new BuildingId("elm-12");
  private static final BuildingId OAK = new BuildingId("oak-3");
  private static final String ELM_COUNT = Keys.doorCount(Keys.shard(ELM));

  private static RedisFixture fixture;
  private static Registry registry;

  /** One that reads as many shards as it is told to. */
  private static final class Counting implements Timers {
    final RegisteredDoors doors = new RegisteredDoors(fixture.store, this);
    private final AtomicReference<Promise<Void>> held = new AtomicReference<>();
    private int left;

    @Override
    public Future<Void> after(Duration wait) {
      Promise<Void> waited = Promise.promise();
      if (left-- > 0) {
        waited.complete();
      } else {
        held.set(waited);
      }
      return waited.future();
    }

    double round() {
      return shards(Keys.SHARD_COUNT);
    }

    /** Returns once so many more are read. */
    double shards(int count) {
      Promise<Void> start = held.getAndSet(null);
      fixture.loop.call(
          () -> {
            left = start == null ? count : count - 1;
            if (start == null) {
              doors.start();
            } else {
              start.complete();
            }
            return Future.succeededFuture();
          });
      await().atMost(Duration.ofSeconds(20)).until(() -> held.get() != null);
      return doors.count();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    fixture = new RedisFixture();
    registry =
        new RedisRegistry(
            new RedisRegistry.Parts(
                fixture.vertx,
                Timers.of(fixture.vertx),
                fixture.store,
                new RedisAuditLog(fixture.store),
                Time.system()),
            key -> {});
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void twoBuildings_withThreeDoors() {
    fixture.flush();
    put(ELM, "front", "back");
    put(OAK, "gate");
  }

  @Test
  void doorsOfAllBuildings_areCounted_onceEachShardWasRead() {
    Counting counting = new Counting();

    assertThat(counting.doors.count()).isNaN();
    assertThat(counting.shards(Keys.SHARD_COUNT - 1)).isNaN();
    assertThat(counting.shards(1)).isEqualTo(3);
  }

  @Test
  void doorThatIsDeleted_orAddedByAnotherGateway_isSeenOnceTheKeptNumberIsOver() {
    Counting counting = new Counting();
    counting.round();

    fixture.loop.call(() -> registry.delete(new DoorId("front"), HOMES, "homes"));
    assertThat(counting.round()).isEqualTo(3);

    fixture.command("DEL", ELM_COUNT);
    assertThat(counting.round()).isEqualTo(2);
    put(ELM, "cellar", "roof");
    fixture.command("DEL", ELM_COUNT);
    assertThat(counting.round()).isEqualTo(4);
  }

  @Test
  void stop_waitsForTheShardUnderWay_andReadsNoOther() {
    Counting counting = new Counting();
    counting.left = 5;
    AtomicBoolean waited = new AtomicBoolean();

    fixture.loop.call(
        () -> {
          counting.doors.start();
          Future<Void> ended = counting.doors.stop();
          waited.set(!ended.isComplete());
          return ended;
        });

    assertThat(waited).isTrue();
    assertThat(fixture.command("EXISTS", Keys.doorCount(Keys.shard(0))).number()).isEqualTo(1);
    assertThat(fixture.command("EXISTS", Keys.doorCount(Keys.shard(1))).number()).isZero();
  }

  @Test
  void anotherGateway_readsTheKeptNumber_andCountsNothing() {
    new Counting().round();
    long lifeMs = fixture.command("PTTL", ELM_COUNT).number();
    assertThat(lifeMs).isBetween(1L, 45_000L);

    fixture.command("SET", ELM_COUNT, "70");

    assertThat(new Counting().round()).isEqualTo(71);
  }

  @Test
  void keptNumberThatIsNone_isCountedAgain() {
    fixture.command("SET", ELM_COUNT, "many");

    assertThat(new Counting().round()).isEqualTo(3);
  }

  @Test
  void shardThatCannotBeRead_keepsItsLastNumber_andIsReadOnceItCan() {
    Counting counting = new Counting();
    fixture.command("DEL", ELM_COUNT);
    fixture.command("LPUSH", ELM_COUNT, "wrong");
    assertThat(counting.round()).isNaN();
    fixture.command("DEL", ELM_COUNT);
    assertThat(counting.round()).isEqualTo(3);

    fixture.command("DEL", ELM_COUNT);
    fixture.command("LPUSH", ELM_COUNT, "wrong");

    assertThat(counting.round()).isEqualTo(3);
  }

  private static void put(BuildingId building, String... doors) {
    Building home =
        new Building(
            building,
            HOMES,
            ZoneId.of("America/New_York"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Status.ACTIVE,
            90);
    fixture.loop.call(() -> registry.put(home, "homes"));
    for (String id : doors) {
      Door door = new Door(new DoorId(id), building, Status.ACTIVE, Duration.ofSeconds(5));
      DoorDraft draft = new DoorDraft(door, Optional.empty(), Optional.empty());
      fixture.loop.call(() -> registry.put(draft, HOMES, "homes"));
    }
  }
}
