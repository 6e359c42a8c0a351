package io.vestibule.door;

import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import io.vestibule.cluster.Session;
import io.vestibule.cluster.Sessions;
import io.vestibule.command.CommandResult;
import io.vestibule.command.CommandResult.Unsent.Cause;
import io.vestibule.command.Doors;
import io.vestibule.command.Presence;
import io.vestibule.command.UnlockCommand;
import io.vestibule.concurrent.AnyThread;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors that are connected to this node. */
@AnyThread
public final class LocalDoors implements Doors, Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(LocalDoors.class);

  private static final Future<Boolean> ONLINE = Future.succeededFuture(true);
  private static final Future<Boolean> OFFLINE = Future.succeededFuture(false);
  private static final Future<Presence> ABSENT = Future.succeededFuture(Presence.offline());

  private final DoorRegistry registry = new DoorRegistry();

  /** A door that has not subscribed to its commands would not see one: it is not online. */
  @Override
  public Future<Boolean> online(DoorId door) {
    return listening(door).isPresent() ? ONLINE : OFFLINE;
  }

  @Override
  public Future<Presence> presence(DoorId door) {
    return registry
        .find(door)
        .map(registration -> Future.succeededFuture(Presence.onlineSince(registration.since())))
        .orElse(ABSENT);
  }

  @Override
  public Future<CommandResult> send(UnlockCommand command) {
    Optional<Registration> registration = listening(command.door());
    if (registration.isEmpty()) {
      return Future.succeededFuture(new CommandResult.Unsent(Cause.OFFLINE));
    }
    DoorConnection connection = registration.get().connection();
    return registration.get().loop().call(() -> connection.command(command)).otherwise(this::bug);
  }

  @Override
  public void disconnect(DoorId door) {
    registry.find(door).ifPresent(registration -> registration.end(Ending.DELETED));
  }

  /** Ends the door's connection if it was deleted or has another secret now. */
  public void entryChanged(DoorId door) {
    registry
        .find(door)
        .ifPresent(
            registration ->
                registration.loop().run(() -> registration.connection().entryChanged()));
  }

  @Override
  public Optional<Session> find(DoorId door) {
    return registry.find(door).map(registration -> registration);
  }

  @Override
  public void takenOver(DoorId door, Session session) {
    registry
        .find(door)
        .filter(registration -> registration.equals(session))
        // Before it ends: who is not registered leaves without a record.
        .filter(registry::remove)
        .ifPresent(registration -> registration.end(Ending.TAKEN_OVER));
  }

  /** The doors that are connected now. */
  @Override
  public List<DoorId> connected() {
    return registry.all().stream().map(Registration::door).toList();
  }

  /** Doors connected, whether they listen or not. */
  public int count() {
    return registry.count();
  }

  DoorRegistry registry() {
    return registry;
  }

  private Optional<Registration> listening(DoorId door) {
    return registry.find(door).filter(Registration::listening);
  }

  private CommandResult bug(Throwable bug) {
    // Something may have been written before it failed.
    LOG.error("command failed", bug);
    return new CommandResult.Unknown();
  }
}
