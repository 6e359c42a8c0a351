package io.vestibule.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.List;

/**
 * The day's ordinary work, at a steady rate whether the gateway keeps up or not: a grant, an
 * unlock, and the delivery confirmed.
 */
@LoopConfined
final class OrdinaryDeliveries {
  private static final double PER_SECOND_MAX = 100;
  private static final int SECONDS_OF_RATE = 60;

  private final Vertx vertx;
  private final Time time;
  private final Errands errands;
  private final Cast cast;
  private final Scoreboard board;

  private int startedCount;
  private int underWayCount;
  private boolean over;
  private final Promise<Void> done = Promise.promise();

  OrdinaryDeliveries(Vertx vertx, Time time, Errands errands, Errands.Props props) {
    this.vertx = vertx;
    this.time = time;
    this.errands = errands;
    this.cast = props.cast();
    this.board = props.board();
  }

  /**
   * As many a second as the doors may be asked to open: each stays one below its bound in whatever
   * part of a minute the play lasts.
   */
  static double perSecond(int doorCount, int ratePerDoorAndMinute, Duration length) {
    double seconds = Math.min(SECONDS_OF_RATE, length.toSeconds());
    double most = doorCount * Math.max(1, ratePerDoorAndMinute - 1) / seconds;
    return Math.min(PER_SECOND_MAX, most);
  }

  /** Completes when the last delivery of that time is over; never fails. */
  Future<Void> run(double perSecond, Duration length) {
    long everyMs = (long) Math.ceil(1_000 / perSecond);
    long timer = vertx.setPeriodic(1, everyMs, tick -> next());
    vertx.setTimer(
        length.toMillis(),
        end -> {
          vertx.cancelTimer(timer);
          over = true;
          finishIfLast();
        });
    return done.future();
  }

  private void next() {
    List<String> doors = cast.ordinaryDoors();
    String door = doors.get(startedCount % doors.size());
    Courier courier = startedCount % 2 == 0 ? cast.ann : cast.ben;
    startedCount++;
    underWayCount++;
    errands
        .grant(courier, door)
        .compose(grant -> timed(grant).compose(answer -> errands.delivered(grant)))
        .onFailure(failure -> board.ordinaryLost(String.valueOf(failure.getMessage())))
        .onComplete(
            ended -> {
              underWayCount--;
              finishIfLast();
            });
  }

  private Future<Answer> timed(Grant grant) {
    Draft draft = errands.draft(grant);
    String jws = draft.signed();
    long from = time.nanoTime();
    return errands
        .post(draft.door(), jws)
        .onSuccess(answer -> board.ordinary(answer, Duration.ofNanos(time.nanoTime() - from)));
  }

  private void finishIfLast() {
    if (over && underWayCount == 0) {
      done.tryComplete();
    }
  }
}
