package io.vestibule.access;

import java.time.Instant;

/**
 * A building's policy and the lockdown upon it.
 *
 * @param lockedUntil exclusive; {@link Instant#MAX} for a lockdown without an end, {@link
 *     Instant#MIN} for none
 */
public record Site(BuildingPolicy policy, Instant lockedUntil) {
  public boolean lockedDownAt(Instant at) {
    return at.isBefore(lockedUntil);
  }
}
