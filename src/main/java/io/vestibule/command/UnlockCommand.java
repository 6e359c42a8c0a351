package io.vestibule.command;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import java.time.Duration;

/** The signed bytes that ask one door to open once, and how long to wait for its ack. */
public record UnlockCommand(
    UnlockId unlock, DoorId door, String jws, Duration expiresIn, Duration ackTimeout) {}
