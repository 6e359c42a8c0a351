package io.vestibule.unlock;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import java.time.Instant;

/** An ack that names no command the door's session waits for. */
public record LateAck(DoorId door, UnlockId unlock, String result, Instant at) {}
