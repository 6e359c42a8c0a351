package io.vestibule.simulation;

import io.vestibule.store.Call;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.testing.SimRedis;
import java.time.Duration;
import java.util.List;

/** The one Redis of a simulation: it may be away, stand still, or forget its latest writes. */
final class SimServer {
  /** Half of the nodes' time-out, so that some calls survive and others do not. */
  private static final Duration STILL_LOOK = Duration.ofMillis(20);

  final SimRedis redis;
  private final Agenda agenda;
  private Duration awayUntil = Duration.ZERO;
  private Duration stillUntil = Duration.ZERO;
  private int failOverCount;

  SimServer(Agenda agenda) {
    this.agenda = agenda;
    NodeClock clock = new NodeClock(agenda, Duration.ZERO);
    this.redis = new SimRedis(() -> clock.now().toEpochMilli());
  }

  /** Refuses every call until then. */
  void awayFor(Duration length) {
    awayUntil = agenda.now().plus(length);
  }

  /** What arrives is done once it goes on. */
  void stillFor(Duration length) {
    stillUntil = agenda.now().plus(length);
  }

  /** Another takes over that never saw the latest writes. */
  int failOver(int writeCountMax, Duration length) {
    awayFor(length);
    failOverCount++;
    return redis.lose(writeCountMax);
  }

  boolean away() {
    return agenda.now().compareTo(awayUntil) < 0;
  }

  Duration stillFor() {
    Duration left = stillUntil.minus(agenda.now());
    return left.isNegative() ? Duration.ZERO : left.plus(STILL_LOOK);
  }

  /** Moves when what was read before may be gone. */
  int failOverCount() {
    return failOverCount;
  }

  Reply call(Call call) {
    return redis.call(call);
  }

  Reply eval(Script script, List<String> keys, List<String> args) {
    return redis.eval(script, keys, args);
  }
}
