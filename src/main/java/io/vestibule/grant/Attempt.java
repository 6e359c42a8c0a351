package io.vestibule.grant;

import io.vestibule.access.GrantId;
import io.vestibule.access.UnlockId;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of an unlock for which a visit was claimed.
 *
 * @param deadline when its outcome is due at the latest
 * @param outcome absent while the attempt is pending
 */
public record Attempt(
    UnlockId unlock,
    String requestHash,
    Claim.Who who,
    Claim.Where where,
    GrantId grant,
    Instant claimedAt,
    Instant deadline,
    Optional<Outcome> outcome) {
  Attempt withOutcome(Outcome ended) {
    return new Attempt(
        unlock, requestHash, who, where, grant, claimedAt, deadline, Optional.of(ended));
  }
}
