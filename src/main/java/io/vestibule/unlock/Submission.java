package io.vestibule.unlock;

import io.vertx.core.buffer.Buffer;
import io.vestibule.access.DoorId;
import java.util.Optional;

/**
 * The bytes of a signed request as they came in, and the door that was asked to open.
 *
 * @param door empty when what was asked for cannot be a door
 * @param traceparent the caller's own trace, as it says in the words of W3C Trace Context
 */
public record Submission(
    Edge edge, Optional<DoorId> door, Buffer request, Optional<String> traceparent) {

  /** From where no trace comes along. */
  public Submission(Edge edge, Optional<DoorId> door, Buffer request) {
    this(edge, door, request, Optional.empty());
  }
}
