package io.vestibule.http;

import io.vestibule.audit.AuditReader;
import io.vestibule.command.Doors;
import io.vestibule.directory.Directory;
import io.vestibule.directory.Registry;
import io.vestibule.grant.Grants;
import io.vestibule.grant.Idempotency;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import io.vestibule.unlock.Unlocks;

/** What the API's routes stand on. */
public record Api(
    Unlocks unlocks, Entries entries, Visits visits, DoorState doorState, Log log, Edge edge) {

  /** Buildings, doors and couriers: found, and written. */
  public record Entries(Directory directory, Registry registry) {}

  /** Grants, and the keys that keep one from being made twice. */
  public record Visits(Grants grants, Idempotency idempotency) {}

  /** What is known of a door besides its entry. */
  public record DoorState(Doors doors, Telemetry telemetry) {}

  /** The audit log, and the bounds of its streams. */
  public record Log(AuditReader reader, StreamLimits limits) {}

  /**
   * What every request passes.
   *
   * @param jwks the gateway's public keys as a JWK set, as it is published
   */
  public record Edge(BearerAuth auth, String jwks, Meters meters, Time time) {}
}
