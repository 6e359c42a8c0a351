package io.vestibule.access;

import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A building's admission policy, compiled once for any number of decisions. */
public final class BuildingPolicy {
  /** This and its location. */
  private static final int OWN_SIZE_BYTES = 3 * Sizes.OBJECT;

  private final BuildingId id;
  private final int retentionDays;
  private final int sizeBytes;
  private final boolean consented;
  private final Status status;
  private final ZoneRules zone;
  private final @Nullable Origin origin;
  private final Map<CarrierId, CarrierRules> rules;

  private BuildingPolicy(Building building) {
    this.id = building.id();
    this.retentionDays = building.retentionDays();
    this.consented = building.consent().isPresent();
    this.status = building.status();
    this.zone = building.zone().getRules();
    this.origin = building.location().map(Origin::new).orElse(null);
    RuleCompiler compiler = new RuleCompiler(building.admits());
    this.rules = compiler.byCarrier();
    this.sizeBytes = OWN_SIZE_BYTES + Sizes.id(id.text()) + compiler.sizeBytes();
  }

  private BuildingPolicy(BuildingId unreadable) {
    this.id = unreadable;
    this.retentionDays = Building.RETENTION_DAYS_DEFAULT;
    this.consented = false;
    this.status = Status.ACTIVE;
    this.zone = ZoneOffset.UTC.getRules();
    this.origin = null;
    this.rules = Map.of();
    this.sizeBytes = OWN_SIZE_BYTES + Sizes.id(id.text());
  }

  public static BuildingPolicy of(Building building) {
    return new BuildingPolicy(building);
  }

  /** For what is stored but cannot be read: it shows no consent, so that nothing opens. */
  public static BuildingPolicy unreadable(BuildingId building) {
    return new BuildingPolicy(building);
  }

  public BuildingId id() {
    return id;
  }

  public int retentionDays() {
    return retentionDays;
  }

  /** About how many bytes of memory it takes. */
  public int sizeBytes() {
    return sizeBytes;
  }

  boolean consented() {
    return consented;
  }

  Status status() {
    return status;
  }

  /** How far the rules for this carrier at this door let the request through. */
  Reach reach(AccessRequest request, DoorId door) {
    CarrierRules ofCarrier = rules.get(request.courier().carrier());
    return ofCarrier == null ? Reach.NOT_ADMITTED : ofCarrier.reach(door, circumstances(request));
  }

  private Circumstances circumstances(AccessRequest request) {
    return new Circumstances(
        request.courier().screening().holdsAt(request.at()),
        WeekMinute.of(zone, request.at()),
        meters(request.geo()));
  }

  /** The accuracy that a phone claims is not deducted: a claim of 10 km would open any door. */
  private double meters(Optional<Location> geo) {
    return origin == null || geo.isEmpty() ? Double.POSITIVE_INFINITY : origin.metersTo(geo.get());
  }
}
