package io.vestibule.access;

import org.jspecify.annotations.Nullable;

/** Decides whether a building's policy admits a request. Pure: no clock, no I/O. */
public final class Policy {
  private Policy() {}

  /** The reasons are tested in their order of precedence; the first that applies is the answer. */
  public static Decision decide(AccessRequest request, Premises premises) {
    if (request.courier().status() == Status.SUSPENDED) {
      return Decision.denied(Reason.COURIER_SUSPENDED);
    }
    Reach reach = premises.site().policy().reach(request, premises.door().id());
    if (reach == Reach.SCREENING_LAPSED) {
      return reach.decision();
    }
    Reason closed = closed(request, premises);
    return closed == null ? reach.decision() : Decision.denied(closed);
  }

  /** Why the door lets nobody in at present; null if it does. */
  private static @Nullable Reason closed(AccessRequest request, Premises premises) {
    BuildingPolicy policy = premises.site().policy();
    if (!policy.consented()) {
      return Reason.NO_CONSENT;
    }
    if (premises.site().lockedDownAt(request.at())) {
      return Reason.LOCKDOWN;
    }
    if (policy.status() == Status.SUSPENDED) {
      return Reason.BUILDING_SUSPENDED;
    }
    return premises.door().status() == Status.SUSPENDED ? Reason.DOOR_SUSPENDED : null;
  }
}
