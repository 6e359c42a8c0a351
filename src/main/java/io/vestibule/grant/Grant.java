package io.vestibule.grant;

import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The right of one courier to visit one door with named parcels, from {@code notBefore} until
 * {@code notAfter}, exclusive. Parcels are base64url SHA-256 hashes of label texts.
 */
public record Grant(
    GrantId id,
    CarrierId carrier,
    CourierId courier,
    DoorId door,
    List<String> parcels,
    Window window,
    Uses uses) {
  public Grant {
    parcels = List.copyOf(parcels);
  }

  /** When the grant holds; at most 24 h long. */
  public record Window(Instant notBefore, Instant notAfter) {}

  /** How many visits, 1 to 100, and how long one lasts after its first opening, 0 to 900 s. */
  public record Uses(int countMax, Duration grace) {}
}
