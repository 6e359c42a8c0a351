package io.vestibule.cluster;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;

/** Asks not to command a door any more, if it was not yet. */
public record Recall(long id, NodeName from, DoorId door, UnlockId unlock) {}
