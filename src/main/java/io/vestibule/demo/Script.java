package io.vestibule.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Plays the scenes in their order: one after another through the day, beside those that take
 * seconds.
 */
@LoopConfined
final class Script {
  private final Vertx vertx;
  private final Time time;
  private final List<Scene> beside;
  private final List<Scene> inTurn;
  private final Consumer<Played> over;

  Script(Vertx vertx, Time time, Scenes scenes, Consumer<Played> over) {
    this.vertx = vertx;
    this.time = time;
    this.beside = scenes.beside();
    this.inTurn = scenes.inTurn();
    this.over = over;
  }

  /** Those that take seconds, and those that follow one another meanwhile. */
  record Scenes(List<Scene> beside, List<Scene> inTurn) {
    Scenes {
      beside = List.copyOf(beside);
      inTurn = List.copyOf(inTurn);
    }
  }

  int sceneCount() {
    return beside.size() + inTurn.size();
  }

  /** Spreads the scenes over about that time; completes when all are over, never fails. */
  Future<Void> play(Duration length) {
    List<Future<Void>> ends = new ArrayList<>();
    beside.forEach(scene -> ends.add(play(scene)));
    ends.add(playFrom(0, length.dividedBy(inTurn.size()), time.deadlineIn(length)));
    return Future.join(ends).mapEmpty();
  }

  private Future<Void> playFrom(int index, Duration slot, Deadline end) {
    if (index == inTurn.size()) {
      return Future.succeededFuture();
    }
    int leftCount = inTurn.size() - index - 1;
    return play(inTurn.get(index))
        .compose(nothing -> pause(end.left().minus(slot.multipliedBy(leftCount))))
        .compose(nothing -> playFrom(index + 1, slot, end));
  }

  /** Not at all where the scenes are late: the next ones catch up. */
  private Future<Void> pause(Duration wait) {
    return wait.toMillis() <= 0
        ? Future.succeededFuture()
        : vertx.timer(wait.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }

  private Future<Void> play(Scene scene) {
    return scene.play().onSuccess(over::accept).mapEmpty();
  }
}
