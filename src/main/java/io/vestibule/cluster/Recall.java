package io.vestibule.cluster;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import java.time.Instant;

/** Asks not to command a door any more, if it was not yet. */
public record Recall(long id, NodeName from, DoorId door, UnlockId unlock) {
  /** What is said to it. */
  public Answer answer(Said said, Instant at) {
    return new Answer(id, door, unlock, said, at);
  }
}
