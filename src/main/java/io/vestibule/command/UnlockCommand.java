package io.vestibule.command;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import java.time.Duration;

/**
 * The signed bytes that ask one door to open once, and how long to wait for its ack.
 *
 * @param written runs on the door's own loop once the bytes are written to it; never if they are
 *     not
 */
public record UnlockCommand(
    UnlockId unlock,
    DoorId door,
    String jws,
    Duration expiresIn,
    Duration ackTimeout,
    Runnable written) {}
