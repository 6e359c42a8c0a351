package io.vestibule.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.Courier;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Premises;
import io.vestibule.access.Screening;
import io.vestibule.access.Status;
import io.vestibule.audit.DoorEvent;
import io.vestibule.audit.RecordType;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.concurrent.Timers;
import io.vestibule.directory.Registry.Deleted;
import io.vestibule.directory.Registry.LockdownChange;
import io.vestibule.directory.Registry.Written;
import io.vestibule.json.Json;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.VerificationKey;
import io.vestibule.store.Keys;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.RedisFixture;
import io.vestibule.testing.SimTime;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisRegistryIT {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final ManagerId HOMES = new ManagerId("homes");
  private static final ManagerId RIVAL = new ManagerId("rival");
  private static final BuildingId ELM = new BuildingId("elm-12");
  private static final DoorId DOOR = new DoorId("elm-12-front");

  private static RedisFixture fixture;
  private static SimTime time;
  private static Registry registry;
  private static Directory directory;

  @BeforeAll
  static void start() throws IOException {
    fixture = new RedisFixture();
    time = new SimTime(NOW);
    registry =
        new RedisRegistry(
            new RedisRegistry.Parts(
                fixture.vertx,
                Timers.of(fixture.vertx),
                fixture.store,
                new RedisAuditLog(fixture.store),
                time),
            key -> {});
    directory = new RedisDirectory(fixture.store, time, new Guesses());
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.flush();
    time.set(NOW);
  }

  @Test
  void building_isFoundAsItWasWritten_andEachChangeIsRecorded() {
    assertThat(put(building(ELM, HOMES))).isEqualTo(Written.CREATED);
    assertThat(put(building(ELM, HOMES))).isEqualTo(Written.REPLACED);

    assertThat(fixture.loop.call(() -> directory.building(ELM))).contains(building(ELM, HOMES));
    assertThat(records()).hasSize(2);
    assertThat(records().get(0))
        .contains("vestibule.policy.changed", "\"change\":\"created\"", "\"by\":\"homes\"");
    assertThat(records().get(1)).contains("\"change\":\"replaced\"");
  }

  @Test
  void buildingOfAnotherManager_isNotTouched() {
    put(building(ELM, HOMES));

    assertThat(put(building(ELM, RIVAL))).isEqualTo(Written.FOREIGN);
    assertThat(delete(ELM, RIVAL)).isEqualTo(Deleted.FOREIGN);
    assertThat(fixture.loop.call(() -> directory.building(ELM)).orElseThrow().manager())
        .isEqualTo(HOMES);
    assertThat(records()).hasSize(1);
  }

  @Test
  void lockdownThatEndedByItself_isNotRecordedAsLifted() {
    put(building(ELM, HOMES));
    Optional<Instant> until = Optional.of(NOW.plusSeconds(60));
    fixture.loop.call(() -> registry.lockDown(ELM, HOMES, until, "homes"));
    int records = records().size();

    time.advance(Duration.ofSeconds(60));

    assertThat(fixture.loop.call(() -> registry.lift(ELM, HOMES, "homes")))
        .isEqualTo(Registry.LockdownChange.NONE);
    assertThat(records()).hasSize(records);
  }

  @Test
  void doorRegisteredAnew_isNotTakenForTheOneBefore() {
    put(building(ELM, HOMES));
    put(door(ELM), HOMES);
    DoorEvent first = new DoorEvent(DOOR, RecordType.DOOR_FORCED_OPEN, NOW, NOW, "1", 1);
    RedisAuditLog log = new RedisAuditLog(fixture.store);
    assertThat(fixture.loop.call(() -> log.append(building(ELM, HOMES), first))).isTrue();
    assertThat(fixture.loop.call(() -> log.append(building(ELM, HOMES), first))).isFalse();

    delete(DOOR, HOMES);
    put(door(ELM), HOMES);

    assertThat(fixture.loop.call(() -> log.append(building(ELM, HOMES), first))).isTrue();
  }

  @Test
  void idOfABuildingThatHasGone_isItsManagersWhileItsLogIs() {
    put(building(ELM, HOMES));
    delete(ELM, HOMES);

    assertThat(put(building(ELM, RIVAL))).isEqualTo(Written.FOREIGN);
    assertThat(put(building(ELM, HOMES))).isEqualTo(Written.CREATED);
    delete(ELM, HOMES);
    fixture.command("DEL", Keys.audit(ELM));
    assertThat(put(building(ELM, RIVAL))).isEqualTo(Written.CREATED);
  }

  @Test
  void buildingWithDoors_isNotDeleted_andOneWithoutIs() {
    put(building(ELM, HOMES));
    put(door(ELM), HOMES);

    assertThat(delete(ELM, HOMES)).isEqualTo(Deleted.CONFLICT);
    assertThat(delete(DOOR, HOMES)).isEqualTo(Deleted.DELETED);
    assertThat(delete(ELM, HOMES)).isEqualTo(Deleted.DELETED);
    assertThat(delete(ELM, HOMES)).isEqualTo(Deleted.ABSENT);
    assertThat(fixture.loop.call(() -> directory.building(ELM))).isEmpty();
    assertThat(records().get(3)).contains("\"what\":\"building\"", "\"change\":\"deleted\"");
  }

  @Test
  void eachChangeOfADoor_isRecorded_withWhoAsked_andNoneThatWasNotMade() {
    put(building(ELM, HOMES));
    put(building(new BuildingId("oak-3"), HOMES));
    put(door(ELM), HOMES);
    put(door(ELM), HOMES);
    put(door(new BuildingId("oak-3")), HOMES);
    put(door(ELM), RIVAL);
    delete(DOOR, RIVAL);
    delete(DOOR, HOMES);
    delete(DOOR, HOMES);

    assertThat(records()).hasSize(4);
    List<String> changes = List.of("created", "replaced", "deleted");
    for (int index = 0; index < changes.size(); index++) {
      assertThat(records().get(index + 1))
          .contains(
              "vestibule.policy.changed",
              "\"subject\":\"elm-12-front\"",
              "\"what\":\"door\"",
              "\"change\":\"" + changes.get(index) + "\"",
              "\"by\":\"homes\"");
    }
  }

  @Test
  void door_isFoundWithItsPremises() {
    put(building(ELM, HOMES));

    assertThat(put(door(ELM), HOMES)).isEqualTo(Written.CREATED);
    assertThat(put(door(ELM), HOMES)).isEqualTo(Written.REPLACED);

    assertThat(fixture.loop.call(() -> directory.door(DOOR)))
        .contains(new DoorEntry(door(ELM).door(), HOMES, Optional.of("front"), Optional.empty()));
    Premises premises = premises().orElseThrow();
    assertThat(premises.door()).isEqualTo(door(ELM).door());
    assertThat(premises.site().policy().id()).isEqualTo(ELM);
    assertThat(lockedDown()).isFalse();
    assertThat(fixture.loop.call(() -> directory.lastBuilding(DOOR))).contains(ELM);
  }

  @Test
  void doorOfAnUnknownOrForeignBuilding_isNotWritten() {
    assertThat(put(door(ELM), HOMES)).isEqualTo(Written.UNKNOWN_BUILDING);
    put(building(ELM, HOMES));
    assertThat(put(door(ELM), RIVAL)).isEqualTo(Written.UNKNOWN_BUILDING);
    assertThat(fixture.loop.call(() -> directory.door(DOOR))).isEmpty();
  }

  @Test
  void doorTakenByAnother_orInAnotherBuilding_isNotMoved_andBlocksNothing() {
    BuildingId oak = new BuildingId("oak-3");
    BuildingId ash = new BuildingId("ash-1");
    put(building(ELM, HOMES));
    put(building(oak, HOMES));
    put(building(ash, RIVAL));
    put(door(ELM), HOMES);

    assertThat(put(door(oak), HOMES)).isEqualTo(Written.CONFLICT);
    assertThat(put(door(ash), RIVAL)).isEqualTo(Written.FOREIGN);
    assertThat(delete(DOOR, RIVAL)).isEqualTo(Deleted.FOREIGN);
    assertThat(delete(oak, HOMES)).isEqualTo(Deleted.DELETED);
    assertThat(delete(ash, RIVAL)).isEqualTo(Deleted.DELETED);
    assertThat(fixture.loop.call(() -> directory.lastBuilding(DOOR))).contains(ELM);
  }

  @Test
  void deletedDoor_isUnknown_butWhereItStoodIsKnownForADay() {
    put(building(ELM, HOMES));
    put(door(ELM), HOMES);

    assertThat(delete(DOOR, HOMES)).isEqualTo(Deleted.DELETED);

    assertThat(fixture.loop.call(() -> directory.door(DOOR))).isEmpty();
    assertThat(premises()).isEmpty();
    assertThat(fixture.loop.call(() -> directory.lastBuilding(DOOR))).contains(ELM);
    assertThat(fixture.command("PTTL", Keys.door(DOOR)).number())
        .isBetween(86_300_000L, 86_400_000L);
    assertThat(delete(DOOR, HOMES)).isEqualTo(Deleted.ABSENT);
    assertThat(put(door(ELM), HOMES)).isEqualTo(Written.CREATED);
    assertThat(fixture.command("PTTL", Keys.door(DOOR)).number()).isEqualTo(-1);
  }

  @Test
  void secret_isKeptHashed_andStaysWhenADoorIsWrittenWithoutOne() {
    put(building(ELM, HOMES));
    put(door(ELM, Optional.of("correct horse")), HOMES);
    put(door(ELM), HOMES);

    DoorSecret secret =
        fixture.loop.call(() -> directory.door(DOOR)).orElseThrow().secret().orElseThrow();
    assertThat(secret.matches("correct horse")).isTrue();
    assertThat(secret.matches("correct hors")).isFalse();
    assertThat(fixture.command("GET", Keys.door(DOOR)).text()).doesNotContain("correct horse");

    put(door(ELM, Optional.of("battery staple")), HOMES);
    assertThat(
            fixture
                .loop
                .call(() -> directory.door(DOOR))
                .orElseThrow()
                .secret()
                .orElseThrow()
                .matches("battery staple"))
        .isTrue();
  }

  @Test
  void sameSecretAgain_keepsItsHash_andAnotherIsToldOf() {
    put(building(ELM, HOMES));
    DoorDraft horse = door(ELM, Optional.of("correct horse"));

    assertThat(put(horse, HOMES)).isEqualTo(Written.CREATED);
    String stored = fixture.command("GET", Keys.door(DOOR)).text();
    assertThat(put(horse, HOMES)).isEqualTo(Written.REPLACED);
    assertThat(fixture.command("GET", Keys.door(DOOR)).text()).isEqualTo(stored);
    assertThat(put(door(ELM), HOMES)).isEqualTo(Written.REPLACED);
    assertThat(put(door(ELM, Optional.of("b")), HOMES)).isEqualTo(Written.SECRET_CHANGED);
    assertThat(put(door(ELM, Optional.of("b")), HOMES)).isEqualTo(Written.REPLACED);

    delete(DOOR, HOMES);
    assertThat(put(door(ELM), HOMES)).isEqualTo(Written.CREATED);
    assertThat(put(horse, HOMES)).isEqualTo(Written.SECRET_CHANGED);
  }

  @Test
  void courier_isItsCarriersAlone() {
    CourierEntry entry = courier("swift");

    assertThat(fixture.loop.call(() -> registry.put(entry))).isEqualTo(Written.CREATED);
    assertThat(fixture.loop.call(() -> registry.put(courier("rival")))).isEqualTo(Written.FOREIGN);
    assertThat(delete(entry, "rival")).isEqualTo(Deleted.FOREIGN);
    CourierEntry found =
        fixture.loop.call(() -> directory.courier(entry.courier().id())).orElseThrow();
    assertThat(found.courier()).isEqualTo(entry.courier());
    assertThat(found.keys().get(0).kid()).isEqualTo(entry.keys().get(0).kid());
    assertThat(delete(entry, "swift")).isEqualTo(Deleted.DELETED);
    assertThat(delete(entry, "swift")).isEqualTo(Deleted.ABSENT);
    assertThat(fixture.loop.call(() -> directory.courier(entry.courier().id()))).isEmpty();
  }

  @Test
  void lockdown_holdsUntilItIsLifted_andBothAreRecorded() {
    put(building(ELM, HOMES));
    put(door(ELM), HOMES);

    assertThat(lockDown(HOMES, Optional.empty())).isEqualTo(LockdownChange.STARTED);
    assertThat(lockedDown()).isTrue();
    assertThat(fixture.loop.call(() -> registry.lockdown(ELM)))
        .contains(new Lockdown(NOW, Optional.empty(), "homes"));
    assertThat(lift(HOMES)).isEqualTo(LockdownChange.LIFTED);
    assertThat(lift(HOMES)).isEqualTo(LockdownChange.NONE);

    assertThat(lockedDown()).isFalse();
    assertThat(records()).hasSize(4);
    assertThat(records().get(2)).contains("vestibule.lockdown.started", "\"by\":\"homes\"");
    assertThat(records().get(3)).contains("vestibule.lockdown.lifted", "\"by\":\"homes\"");
  }

  @Test
  void lockdownWithAnEnd_ends() {
    put(building(ELM, HOMES));
    put(door(ELM), HOMES);
    Instant until = NOW.plusSeconds(60);

    lockDown(HOMES, Optional.of(until));

    assertThat(records().get(2)).contains("\"until\":\"2026-11-23T08:01:00Z\"");
    time.set(until.minusMillis(1));
    assertThat(lockedDown()).isTrue();
    time.set(until);
    assertThat(lockedDown()).isFalse();
    assertThat(fixture.loop.call(() -> registry.lockdown(ELM))).isEmpty();
  }

  @Test
  void lockdownOfAnUnknownOrForeignBuilding_changesNothing() {
    assertThat(lockDown(HOMES, Optional.empty())).isEqualTo(LockdownChange.ABSENT);
    put(building(ELM, HOMES));
    assertThat(lockDown(RIVAL, Optional.empty())).isEqualTo(LockdownChange.FOREIGN);
    lockDown(HOMES, Optional.empty());
    assertThat(lift(RIVAL)).isEqualTo(LockdownChange.FOREIGN);
    assertThat(fixture.loop.call(() -> registry.lockdown(ELM))).isPresent();
  }

  @Test
  void entryThatCannotBeRead_isAStoreThatCannot() {
    fixture.command("SET", Keys.building(ELM), "{\"manager\":\"homes\"}");
    fixture.command("SET", Keys.door(DOOR), "garbage");

    assertThat(fixture.loop.failureOf(() -> directory.building(ELM)))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(fixture.loop.failureOf(() -> directory.premises(DOOR)))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void telemetry_isTheLatest_forAWeek() {
    LastTelemetry telemetry = new LastTelemetry(fixture.store);
    ObjectNode first = Json.object().put("battery", 80);
    ObjectNode second = Json.object().put("battery", 79);

    assertThat(fixture.loop.call(() -> telemetry.find(DOOR))).isEmpty();
    fixture.loop.call(() -> telemetry.record(DOOR, first));
    fixture.loop.call(() -> telemetry.record(DOOR, second));

    assertThat(fixture.loop.call(() -> telemetry.find(DOOR))).contains(second);
    assertThat(fixture.command("TTL", Keys.telemetry(DOOR)).number()).isBetween(604_700L, 604_800L);
  }

  private static List<String> records() {
    return fixture.records(Keys.audit(ELM));
  }

  private static Optional<Premises> premises() {
    return fixture.loop.call(() -> directory.premises(DOOR));
  }

  private static boolean lockedDown() {
    return premises().orElseThrow().site().lockedDownAt(time.now());
  }

  private static Written put(Building building) {
    return fixture.loop.call(() -> registry.put(building, building.manager().text()));
  }

  private static Written put(DoorDraft door, ManagerId owner) {
    return fixture.loop.call(() -> registry.put(door, owner, owner.text()));
  }

  private static Deleted delete(BuildingId building, ManagerId owner) {
    return fixture.loop.call(() -> registry.delete(building, owner, owner.text()));
  }

  private static Deleted delete(DoorId door, ManagerId owner) {
    return fixture.loop.call(() -> registry.delete(door, owner, owner.text()));
  }

  private static Deleted delete(CourierEntry entry, String carrier) {
    return fixture.loop.call(() -> registry.delete(entry.courier().id(), new CarrierId(carrier)));
  }

  private static LockdownChange lockDown(ManagerId owner, Optional<Instant> until) {
    return fixture.loop.call(() -> registry.lockDown(ELM, owner, until, owner.text()));
  }

  private static LockdownChange lift(ManagerId owner) {
    return fixture.loop.call(() -> registry.lift(ELM, owner, owner.text()));
  }

  private static Building building(BuildingId id, ManagerId manager) {
    return new Building(
        id,
        manager,
        ZoneId.of("America/New_York"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Status.ACTIVE,
        90);
  }

  private static DoorDraft door(BuildingId building) {
    return door(building, Optional.empty());
  }

  private static DoorDraft door(BuildingId building, Optional<String> secret) {
    return new DoorDraft(
        new Door(DOOR, building, Status.ACTIVE, Duration.ofSeconds(5)),
        Optional.of("front"),
        secret);
  }

  private static CourierEntry courier(String carrier) {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new CourierEntry(
          new Courier(
              new CourierId("c-1"),
              new CarrierId(carrier),
              new Screening(Screening.Result.PASSED, Optional.of(NOW)),
              Status.ACTIVE),
          List.of(VerificationKey.of(Algorithm.EDDSA, pair.getPublic())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
