package io.vestibule.command;

import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import io.vestibule.cluster.Exchange;
import io.vestibule.cluster.Place;
import io.vestibule.cluster.Places;
import io.vestibule.command.CommandResult.Unsent.Cause;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors of this node, and where a door is not here those of the others. */
@AnyThread
public final class RoutedDoors implements Doors {
  private static final Logger LOG = LoggerFactory.getLogger(RoutedDoors.class);

  private final Doors local;
  private final Places places;
  private final Exchange exchange;
  private final Time time;

  /**
   * @param local answers at once
   */
  public RoutedDoors(Doors local, Places places, Exchange exchange, Time time) {
    this.local = local;
    this.places = places;
    this.exchange = exchange;
    this.time = time;
  }

  @Override
  public Future<Boolean> online(DoorId door) {
    Future<Boolean> here = local.online(door);
    return here.result() ? here : places.find(door).map(Optional::isPresent);
  }

  @Override
  public Future<Presence> presence(DoorId door) {
    Future<Presence> here = local.presence(door);
    return here.result().online()
        ? here
        : places
            .find(door)
            .map(
                found ->
                    found
                        .map(place -> Presence.onlineSince(place.since()))
                        .orElseGet(Presence::offline));
  }

  @Override
  public Future<CommandResult> send(UnlockCommand command) {
    if (local.online(command.door()).result()) {
      return local.send(command);
    }
    Deadline end = time.deadlineIn(command.ackTimeout());
    Optional<Place> recent = places.recent(command.door());
    Future<CommandResult> sent =
        recent.isPresent() ? ask(command, recent.get(), end, true) : look(command, end, true);
    return sent.otherwise(RoutedDoors::bug);
  }

  /** Those of other nodes hear of it by themselves, from Redis. */
  @Override
  public void disconnect(DoorId door) {
    local.disconnect(door);
  }

  /**
   * @param onceMore whether to look again where the door is not found there
   */
  private Future<CommandResult> look(UnlockCommand command, Deadline end, boolean onceMore) {
    if (local.online(command.door()).result()) {
      return local.send(command.within(end.left())); // It came here while another was asked.
    }
    return places
        .find(command.door())
        .recover(RoutedDoors::unknownPlace)
        .compose(
            found ->
                found
                    .map(owner -> askInTime(command, owner, end, onceMore))
                    .orElseGet(() -> unsent(Cause.OFFLINE)));
  }

  /** The look may have used up the time: a door that were asked now would open unheard of. */
  private Future<CommandResult> askInTime(
      UnlockCommand command, Place owner, Deadline end, boolean onceMore) {
    return end.passed() ? unsent(Cause.BUSY) : ask(command, owner, end, onceMore);
  }

  private Future<CommandResult> ask(
      UnlockCommand command, Place owner, Deadline end, boolean onceMore) {
    return exchange
        .ask(
            owner,
            new Exchange.Command(
                command.door(), command.unlock(), command.jws(), end.left(), command.written()))
        .compose(
            ending ->
                switch (ending.said()) {
                  case OPENED -> Future.succeededFuture(new CommandResult.Opened(ending.at()));
                  case REFUSED ->
                      Future.succeededFuture(new CommandResult.Refused(Optional.empty()));
                  case OFFLINE -> unsent(Cause.OFFLINE);
                  case BUSY, FULL -> unsent(Cause.BUSY);
                  // Nothing was written to the door, so it may be asked for elsewhere.
                  case NOT_OWNER, UNREACHED ->
                      onceMore && !end.passed() ? look(command, end, false) : unsent(Cause.OFFLINE);
                  case UNKNOWN, UNDERWAY, SILENT ->
                      Future.succeededFuture(new CommandResult.Unknown());
                });
  }

  private static Future<CommandResult> unsent(Cause cause) {
    return Future.succeededFuture(new CommandResult.Unsent(cause));
  }

  /** Nothing was sent, and nobody knows where to. */
  private static Future<Optional<Place>> unknownPlace(Throwable failure) {
    return failure instanceof StoreUnavailable
        ? Future.succeededFuture(Optional.empty())
        : Future.failedFuture(failure);
  }

  private static CommandResult bug(Throwable bug) {
    // Something may have been sent before it failed.
    LOG.error("command failed", bug);
    return new CommandResult.Unknown();
  }
}
