package io.vestibule.grant;

import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.UnlockId;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks for one visit under a grant, for one attempt.
 *
 * @param requestHash base64url SHA-256 of the request's bytes: what makes a retry a retry
 * @param parcel base64url SHA-256 of the label; absent only where {@code requireParcel} is false
 * @param deadline when an outcome is due; past it the attempt is closed as unknown by whoever sees
 *     it
 */
public record Claim(
    UnlockId unlock,
    String requestHash,
    Who who,
    Where where,
    GrantId grant,
    Optional<String> parcel,
    boolean requireParcel,
    Instant at,
    Instant deadline) {

  /** The attempt that this claim puts on record, pending. */
  public Attempt attempt() {
    return new Attempt(unlock, requestHash, who, where, grant, at, deadline, Optional.empty());
  }

  /** The courier and the carrier they come for. */
  public record Who(CourierId courier, CarrierId carrier) {}

  /** The door, its building and how many days that building keeps its records. */
  public record Where(DoorId door, BuildingId building, int retentionDays) {}
}
