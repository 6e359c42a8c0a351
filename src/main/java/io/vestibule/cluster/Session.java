package io.vestibule.cluster;

import java.time.Instant;

/** A door's live connection to this node; it equals itself alone. */
public interface Session {
  /** When the door connected. */
  Instant since();
}
