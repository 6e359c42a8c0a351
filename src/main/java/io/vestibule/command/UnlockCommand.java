package io.vestibule.command;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import java.time.Duration;

/**
 * The signed bytes that ask one door to open once, and how long to wait for its ack.
 *
 * @param written runs once the bytes are written to the door, on its own loop, and never if they
 *     are not; for a door of another node once that node has them, on the loop of who sends
 */
public record UnlockCommand(
    UnlockId unlock,
    DoorId door,
    String jws,
    Duration expiresIn,
    Duration ackTimeout,
    Runnable written) {
  /** The same, with as long to wait for its ack. */
  UnlockCommand within(Duration left) {
    return new UnlockCommand(unlock, door, jws, expiresIn, left, written);
  }
}
