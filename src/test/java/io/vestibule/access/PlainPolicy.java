package io.vestibule.access;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The contract on decisions taken at its word: every reason that applies, and of these the first.
 */
final class PlainPolicy {
  private final AccessRequest request;
  private final Building building;
  private final Door door;
  private final Instant lockedUntil;

  PlainPolicy(AccessRequest request, Building building, Door door, Instant lockedUntil) {
    this.request = request;
    this.building = building;
    this.door = door;
    this.lockedUntil = lockedUntil;
  }

  Decision decide() {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    closed(reasons);
    refused().ifPresent(reasons::add);
    return reasons.stream()
        .findFirst()
        .<Decision>map(Decision.Denied::new)
        .orElseGet(() -> new Decision.Granted(parcelRequired()));
  }

  private void closed(Set<Reason> reasons) {
    if (request.courier().status() == Status.SUSPENDED) {
      reasons.add(Reason.COURIER_SUSPENDED);
    }
    if (building.consent().isEmpty()) {
      reasons.add(Reason.NO_CONSENT);
    }
    if (request.at().isBefore(lockedUntil)) {
      reasons.add(Reason.LOCKDOWN);
    }
    if (building.status() == Status.SUSPENDED) {
      reasons.add(Reason.BUILDING_SUSPENDED);
    }
    if (door.status() == Status.SUSPENDED) {
      reasons.add(Reason.DOOR_SUSPENDED);
    }
  }

  private Optional<Reason> refused() {
    if (matching().isEmpty()) {
      return Optional.of(Reason.CARRIER_NOT_ADMITTED);
    }
    return matching().stream().anyMatch(admission -> failure(admission).isEmpty())
        ? Optional.empty()
        : matching().stream().map(this::failure).flatMap(Optional::stream).max(Reason::compareTo);
  }

  private boolean parcelRequired() {
    return matching().stream()
        .filter(admission -> failure(admission).isEmpty())
        .allMatch(admission -> admission.conditions().requireParcel());
  }

  private List<Admission> matching() {
    return building.admits().stream()
        .filter(admission -> admission.carrier().equals(request.courier().carrier()))
        .filter(
            admission -> admission.doors().all() || admission.doors().named().contains(door.id()))
        .toList();
  }

  private Optional<Reason> failure(Admission admission) {
    if (admission.conditions().requireScreening() && !screened()) {
      return Optional.of(Reason.SCREENING_LAPSED);
    }
    if (!PlainHours.open(
        admission.hours().ranges(), request.at().atZone(building.zone()).toLocalDateTime())) {
      return Optional.of(Reason.OUTSIDE_HOURS);
    }
    boolean near =
        admission.conditions().maxDistanceMeters().stream().allMatch(max -> meters() <= max);
    return near ? Optional.empty() : Optional.of(Reason.TOO_FAR);
  }

  private boolean screened() {
    Screening screening = request.courier().screening();
    return screening.result() == Screening.Result.PASSED
        && screening.expiresAt().filter(end -> request.at().isBefore(end)).isPresent();
  }

  private double meters() {
    return request
        .geo()
        .flatMap(geo -> building.location().map(here -> PlainDistance.meters(geo, here)))
        .orElse(Double.POSITIVE_INFINITY);
  }
}
