package io.vestibule.load.faults;

import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Couriers who come at a steady rate, whatever becomes of those before them. Each asks the gateway
 * of the door and then the others, with the same bytes, until the answer is an end; some ask two
 * gateways at once, some do not wait for the outcome but look for it.
 */
final class Couriers {
  private static final int TRIES_MAX = 12;
  private static final int PAUSE_MS = 200;
  private static final int PAUSE_MS_MAX = 1_000;

  /** Ten seconds of the fastest run: as long as couriers ask who hear nothing. */
  private static final int VISITS_MAX = 10_000;

  private final TwoBuildings buildings;
  private final List<RecordingDoor> doors;
  private final Phone phone;
  private final int nodeCount;
  private final Random random;
  private final Timers timers;
  private volatile boolean ended;
  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final UnderWay visits = new UnderWay(VISITS_MAX);

  /** Where couriers go and what they ask with. */
  record World(TwoBuildings buildings, List<RecordingDoor> doors, Phone phone, int nodeCount) {}

  Couriers(World world, Random random, Timers timers) {
    this.buildings = world.buildings();
    this.doors = world.doors();
    this.phone = world.phone();
    this.nodeCount = world.nodeCount();
    this.random = random;
    this.timers = timers;
  }

  /** So many a second, until they are to stay away. */
  void come(int perSecond) {
    timers.every(
        TimeUnit.SECONDS.toNanos(1) / perSecond,
        () -> {
          if (!ended) {
            one();
          }
        });
  }

  /** No more come; those who ask go on. */
  void stayAway() {
    ended = true;
  }

  List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** Whether no courier asks any more; fails if one of them could not. */
  boolean done() {
    return visits.none();
  }

  /** Who did not come, since too many were asking. */
  int turnedAwayCount() {
    return visits.turnedAwayCount();
  }

  /** Sends the bytes of an attempt once more, long after. */
  CompletableFuture<Void> again(Attempt attempt) {
    return phone
        .unlock(at(attempt), attempt.grant().door(), attempt.request(), false)
        .thenAccept(attempt::heard);
  }

  private void one() {
    visits.begin(this::visit);
  }

  private CompletableFuture<Void> visit() {
    int door = random.nextInt(doors.size());
    TwoBuildings.Visit visit = buildings.draw(door);
    Attempt attempt = new Attempt(door, visit.grant(), visit.request(), System.nanoTime());
    attempts.add(attempt);
    CompletableFuture<Void> twin = twin(attempt, random.nextDouble());
    return CompletableFuture.allOf(twin, ask(attempt, 0, random.nextInt(10) == 0));
  }

  /** The same bytes at the same time, to the same gateway or another; mostly none. */
  private CompletableFuture<Void> twin(Attempt attempt, double chance) {
    if (chance >= 0.10) {
      return CompletableFuture.completedFuture(null);
    }
    int node = chance < 0.05 ? at(attempt) : (at(attempt) + 1) % nodeCount;
    return phone
        .unlock(node, attempt.grant().door(), attempt.request(), false)
        .thenAccept(attempt::heard);
  }

  private CompletableFuture<Void> ask(Attempt attempt, int tries, boolean async) {
    int node = (at(attempt) + tries) % nodeCount;
    return phone
        .unlock(node, attempt.grant().door(), attempt.request(), async)
        .thenCompose(
            answer -> {
              attempt.heard(answer);
              if (async && answer.unlock().isPresent()) {
                return look(attempt, answer.unlock().get(), tries + 1);
              }
              return answer.worthAnotherTry() && tries + 1 < TRIES_MAX
                  ? pause(tries).thenCompose(paused -> ask(attempt, tries + 1, false))
                  : CompletableFuture.completedFuture(null);
            });
  }

  private CompletableFuture<Void> look(Attempt attempt, String unlock, int tries) {
    return pause(tries)
        .thenCompose(paused -> phone.look((at(attempt) + tries) % nodeCount, unlock))
        .thenCompose(
            answer -> {
              attempt.heard(answer);
              return answer.worthAnotherTry() && tries + 1 < TRIES_MAX
                  ? look(attempt, unlock, tries + 1)
                  : CompletableFuture.completedFuture(null);
            });
  }

  private int at(Attempt attempt) {
    return doors.get(attempt.door()).at();
  }

  private CompletableFuture<Void> pause(int tries) {
    int ms = Math.min(PAUSE_MS_MAX, PAUSE_MS * (tries + 1)) / 2 + random.nextInt(PAUSE_MS);
    Executor delayed = CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS);
    return CompletableFuture.runAsync(() -> {}, delayed);
  }
}
