package io.vestibule.simulation;

import io.vestibule.access.Admission;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.Consent;
import io.vestibule.access.Courier;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.DoorScope;
import io.vestibule.access.GrantId;
import io.vestibule.access.HourRange;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Screening;
import io.vestibule.access.Status;
import io.vestibule.access.WeeklyHours;
import io.vestibule.directory.CourierEntry;
import io.vestibule.directory.DoorDraft;
import io.vestibule.grant.Grant;
import io.vestibule.json.Json;
import io.vestibule.signing.Providers;
import io.vestibule.signing.Sha256;
import io.vestibule.signing.Signer;
import io.vestibule.testing.Keys;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** Who and what there is in every simulation: buildings, doors, couriers and their keys. */
final class Town {
  static final ManagerId MANAGER = new ManagerId("homes");
  static final CarrierId CARRIER = new CarrierId("swift");
  static final String LABEL = Sha256.base64Url("JD014600003SE");
  static final List<BuildingId> BUILDINGS =
      List.of(new BuildingId("elm-12"), new BuildingId("oak-3"));
  static final Map<DoorId, BuildingId> DOORS =
      Map.of(
          new DoorId("elm-front"), BUILDINGS.get(0),
          new DoorId("elm-back"), BUILDINGS.get(0),
          new DoorId("oak-front"), BUILDINGS.get(1),
          new DoorId("oak-back"), BUILDINGS.get(1));
  static final List<DoorId> DOOR_IDS =
      DOORS.keySet().stream().sorted((one, other) -> one.text().compareTo(other.text())).toList();
  static final List<CourierId> COURIERS =
      List.of(new CourierId("ana"), new CourierId("ben"), new CourierId("eva"));
  static final Signer GATEWAY;
  private static final Map<CourierId, Signer> KEYS;

  static {
    Providers.install();
    GATEWAY = Keys.ed25519();
    KEYS =
        Map.of(
            COURIERS.get(0), Keys.ed25519(),
            COURIERS.get(1), Keys.ed25519(),
            COURIERS.get(2), Keys.p256());
  }

  private Town() {}

  static Building building(BuildingId id) {
    HourRange always = new HourRange(EnumSet.allOf(DayOfWeek.class), 0, 24 * 60);
    Admission admission =
        new Admission(
            CARRIER,
            DoorScope.everyDoor(),
            new WeeklyHours(List.of(always)),
            new Admission.Conditions(true, true, OptionalDouble.empty()));
    return new Building(
        id,
        MANAGER,
        ZoneId.of("UTC"),
        Optional.of(new Consent("owners", Instant.EPOCH)),
        Optional.empty(),
        List.of(admission),
        Status.ACTIVE,
        90);
  }

  static DoorDraft door(DoorId id) {
    return new DoorDraft(
        new Door(id, DOORS.get(id), Status.ACTIVE, Duration.ofSeconds(5)),
        Optional.empty(),
        Optional.empty());
  }

  static CourierEntry courier(CourierId id, Status status) {
    Screening screening =
        new Screening(
            Screening.Result.PASSED, Optional.of(NodeClock.START.plus(Duration.ofDays(9))));
    return new CourierEntry(
        new Courier(id, CARRIER, screening, status), List.of(KEYS.get(id).publicKey()));
  }

  static Grant grant(String id, CourierId courier, DoorId door, Grant.Uses uses) {
    Instant from = NodeClock.START.minus(Duration.ofHours(1));
    return new Grant(
        new GrantId(id),
        CARRIER,
        courier,
        door,
        List.of(LABEL),
        new Grant.Window(from, from.plus(Duration.ofHours(9))),
        uses);
  }

  /** A visit more or fewer, with and without a grace. */
  static Grant.Uses uses(SplittableRandom random) {
    Duration grace = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(20);
    return new Grant.Uses(1 + random.nextInt(3), grace);
  }

  static Request request(Grant grant, String jti, Instant at) {
    String bytes =
        KEYS.get(grant.courier())
            .sign(
                "unlock+jwt",
                Json.object()
                    .put("sub", grant.courier().text())
                    .put("aud", grant.door().text())
                    .put("jti", jti)
                    .put("iat", at.getEpochSecond())
                    .put("exp", at.getEpochSecond() + 60)
                    .put("grant", grant.id().text())
                    .put("parcel", LABEL));
    return new Request(
        grant.courier(), grant.door(), grant.id(), jti, bytes, Sha256.base64Url(bytes));
  }
}
