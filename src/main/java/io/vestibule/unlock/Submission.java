package io.vestibule.unlock;

import io.vertx.core.buffer.Buffer;
import io.vestibule.access.DoorId;
import java.util.Optional;

/**
 * The bytes of a signed request as they came in, and the door that was asked to open.
 *
 * @param door empty when what was asked for cannot be a door
 */
public record Submission(Edge edge, Optional<DoorId> door, Buffer request) {}
