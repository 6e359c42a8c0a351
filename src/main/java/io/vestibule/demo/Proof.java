package io.vestibule.demo;

import io.vertx.core.Future;
import io.vestibule.client.DoorFleet;
import io.vestibule.client.Opening;
import io.vestibule.client.SimulatedDoor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Compares what the doors did with what couriers were told: the play's last scenes. */
final class Proof {
  private final DoorFleet fleet;
  private final Scoreboard board;

  Proof(DoorFleet fleet, Scoreboard board) {
    this.fleet = fleet;
    this.board = board;
  }

  List<Scene> scenes() {
    return List.of(
        Scene.of("ordinary ones not opened", "0", this::ordinary),
        Scene.of("one opening per answer", "no difference", this::openings),
        Scene.of("forged commands at doors", "0", this::forgeries));
  }

  private Future<String> ordinary() {
    return Future.succeededFuture(String.valueOf(board.tally().ordinaryFailedCount()));
  }

  private Future<String> openings() {
    return each(SimulatedDoor::openings)
        .map(
            byDoor -> {
              int differences = 0;
              for (int index = 0; index < byDoor.size(); index++) {
                differences += difference(fleet.doors().get(index), byDoor.get(index));
              }
              return differences == 0 ? "no difference" : differences + " doors differ";
            });
  }

  /** 1 if the door opened twice for an unlock, not for one, or for one that nobody was told of. */
  private int difference(SimulatedDoor door, List<Opening> openings) {
    String id = door.id().text();
    Set<String> performed = new HashSet<>();
    openings.forEach(opening -> performed.add(opening.unlock()));
    Set<String> told = board.opened(id);
    boolean same =
        performed.size() == openings.size()
            && performed.containsAll(told)
            && performed.size() == told.size() + board.openedAtTheDoorCount(id);
    return same ? 0 : 1;
  }

  private Future<String> forgeries() {
    return each(SimulatedDoor::forgedCount)
        .map(counts -> String.valueOf(counts.stream().mapToLong(Long::longValue).sum()));
  }

  private <T> Future<List<T>> each(Function<SimulatedDoor, Future<T>> ask) {
    List<Future<T>> asked = new ArrayList<>();
    fleet.doors().forEach(door -> asked.add(ask.apply(door)));
    return Future.all(asked).map(all -> all.<T>list());
  }
}
