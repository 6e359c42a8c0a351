package io.vestibule.unlock;

import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Location;
import io.vestibule.access.Reason;
import io.vestibule.signing.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a courier's request says.
 *
 * @param kid RFC 7638 thumbprint of the key that it claims to be signed with
 * @param jti unique per attempt; 16 to 64 characters of base64url
 * @param parcel base64url SHA-256 of the label
 * @param hash of all its bytes: what makes a retry a retry
 */
public record SignedRequest(
    CourierId courier,
    String kid,
    Algorithm algorithm,
    DoorId door,
    String jti,
    Instant issuedAt,
    Instant expiresAt,
    GrantId grant,
    Optional<String> parcel,
    Optional<Location> geo,
    RequestHash hash) {
  private static final Duration SKEW_MAX = Duration.ofSeconds(5);

  /** Base64url SHA-256 of all its bytes. */
  public String requestHash() {
    return hash.text();
  }

  /** {@code not_yet_valid} or {@code expired}, allowing for the skew of the courier's clock. */
  public Optional<Reason> validity(Instant now) {
    if (issuedAt.isAfter(now.plus(SKEW_MAX))) {
      return Optional.of(Reason.NOT_YET_VALID);
    }
    // Half-open, as RFC 7519 has it: at exp it is over.
    return now.isBefore(expiresAt.plus(SKEW_MAX)) ? Optional.empty() : Optional.of(Reason.EXPIRED);
  }
}
