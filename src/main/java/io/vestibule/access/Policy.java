package io.vestibule.access;

import java.util.Optional;

/** Decides whether a building's policy admits a request. Pure: no clock, no I/O. */
public final class Policy {
  private Policy() {}

  /** The reasons are tested in their order of precedence; the first that applies is the answer. */
  public static Decision decide(AccessRequest request, Premises premises) {
    if (request.courier().status() == Status.SUSPENDED) {
      return new Decision.Denied(Reason.COURIER_SUSPENDED);
    }
    Admitted admitted = admitted(request, premises);
    Optional<Reason> refusal = admitted.refusal();
    if (refusal.filter(Reason.SCREENING_LAPSED::equals).isPresent()) {
      return new Decision.Denied(Reason.SCREENING_LAPSED);
    }
    return closed(request, premises)
        .or(() -> refusal)
        .<Decision>map(Decision.Denied::new)
        .orElseGet(() -> new Decision.Granted(admitted.requireParcel()));
  }

  private static Optional<Reason> closed(AccessRequest request, Premises premises) {
    if (premises.site().policy().building().consent().isEmpty()) {
      return Optional.of(Reason.NO_CONSENT);
    }
    if (premises.site().lockedDownAt(request.at())) {
      return Optional.of(Reason.LOCKDOWN);
    }
    if (premises.site().policy().building().status() == Status.SUSPENDED) {
      return Optional.of(Reason.BUILDING_SUSPENDED);
    }
    return premises.door().status() == Status.SUSPENDED
        ? Optional.of(Reason.DOOR_SUSPENDED)
        : Optional.empty();
  }

  /** One admission suffices; where none does, the reason is that of the first that got furthest. */
  private static Admitted admitted(AccessRequest request, Premises premises) {
    Reason furthest = Reason.CARRIER_NOT_ADMITTED;
    boolean matched = false;
    // Of two admissions that hold, one that asks for no parcel lets in whom the other would not.
    boolean requireParcel = true;
    boolean held = false;
    Building building = premises.site().policy().building();
    for (Admission admission : building.admits()) {
      if (!admission.matches(request.courier().carrier(), premises.door().id())) {
        continue;
      }
      Optional<Reason> failure = failure(admission, request, building);
      if (failure.isEmpty()) {
        held = true;
        requireParcel &= admission.conditions().requireParcel();
      } else if (!matched || failure.get().compareTo(furthest) > 0) {
        furthest = failure.get();
      }
      matched = true;
    }
    return held
        ? new Admitted(Optional.empty(), requireParcel)
        : new Admitted(Optional.of(furthest), true);
  }

  private static Optional<Reason> failure(
      Admission admission, AccessRequest request, Building building) {
    Admission.Conditions conditions = admission.conditions();
    if (conditions.requireScreening() && !request.courier().screening().holdsAt(request.at())) {
      return Optional.of(Reason.SCREENING_LAPSED);
    }
    if (!admission.hours().openAt(request.at(), building.zone())) {
      return Optional.of(Reason.OUTSIDE_HOURS);
    }
    if (conditions.maxDistanceMeters().isPresent()
        && !near(request, building, conditions.maxDistanceMeters().getAsDouble())) {
      return Optional.of(Reason.TOO_FAR);
    }
    return Optional.empty();
  }

  /** The accuracy that a phone claims is not deducted: a claim of 10 km would open any door. */
  private static boolean near(AccessRequest request, Building building, double maxMeters) {
    return request.geo().isPresent()
        && building.location().isPresent()
        && request.geo().get().metersTo(building.location().get()) <= maxMeters;
  }

  private record Admitted(Optional<Reason> refusal, boolean requireParcel) {}
}
