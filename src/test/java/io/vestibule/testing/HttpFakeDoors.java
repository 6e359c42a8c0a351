package io.vestibule.testing;

import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import io.vestibule.command.CommandResult;
import io.vestibule.command.Doors;
import io.vestibule.command.Presence;
import io.vestibule.command.UnlockCommand;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Doors that are connected or not as told, and remember who was thrown out. */
public final class HttpFakeDoors implements Doors {
  public final Map<DoorId, Presence> presences = new ConcurrentHashMap<>();
  public final List<DoorId> disconnected = new CopyOnWriteArrayList<>();

  @Override
  public Future<Boolean> online(DoorId door) {
    return presence(door).map(Presence::online);
  }

  @Override
  public Future<Presence> presence(DoorId door) {
    return Future.succeededFuture(presences.getOrDefault(door, Presence.offline()));
  }

  @Override
  public Future<CommandResult> send(UnlockCommand command) {
    return Future.failedFuture(new IllegalStateException("the API commands no door"));
  }

  @Override
  public void disconnect(DoorId door) {
    disconnected.add(door);
  }
}
