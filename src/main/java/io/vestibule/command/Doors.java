package io.vestibule.command;

import io.vertx.core.Future;
import io.vestibule.access.DoorId;

/** The doors that can be commanded from here. All methods may be called from any thread. */
public interface Doors {
  /**
   * Whether a command would reach the door: it is connected, and as far as this node knows has
   * subscribed to them. Completed already where the door is connected to this node; fails only with
   * {@link io.vestibule.store.StoreUnavailable}.
   */
  Future<Boolean> online(DoorId door);

  /**
   * The connection alone: a door that has not subscribed to its commands is shown as online. Fails
   * only with {@link io.vestibule.store.StoreUnavailable}.
   */
  Future<Presence> presence(DoorId door);

  /**
   * Sends the command and waits for the ack naming it, at most for its ack timeout. Completes on
   * the caller's context, never fails; what became of the door is the result.
   */
  Future<CommandResult> send(UnlockCommand command);

  /** Closes the door's connection to this node: it was deleted, or its secret changed. */
  void disconnect(DoorId door);
}
