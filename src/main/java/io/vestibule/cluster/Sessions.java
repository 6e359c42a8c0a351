package io.vestibule.cluster;

import io.vestibule.access.DoorId;
import java.util.List;
import java.util.Optional;

/** The sessions of this node, as they are now. All methods may be called from any thread. */
public interface Sessions {
  /** The door's one session; empty while it is not connected here. */
  Optional<Session> find(DoorId door);

  /** The doors that are connected. */
  List<DoorId> connected();

  /**
   * Ends that session, if it is still the door's: the door is connected to another node since. It
   * is not offline, so nothing is recorded.
   */
  void takenOver(DoorId door, Session session);
}
