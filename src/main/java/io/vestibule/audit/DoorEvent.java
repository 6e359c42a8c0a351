package io.vestibule.audit;

import io.vestibule.access.DoorId;
import java.time.Instant;

/** What a door tells of itself; ({@code boot}, {@code seq}) tells a repeat. */
public record DoorEvent(
    DoorId door, RecordType type, Instant at, Instant receivedAt, String boot, long seq) {
  /** Scripts count in doubles, which are exact up to here. */
  public static final long SEQ_MAX = (1L << 53) - 1;
}
