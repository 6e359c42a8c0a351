package io.vestibule.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.Loop;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * A door's device as its maker would build it: verifies each command, moves a modelled lock,
 * answers, and reports. Its methods may be called on any thread; its state lives on a loop of its
 * own.
 */
public final class SimulatedDoor {

  private final Vertx vertx;
  private final Loop loop;
  private final DoorId id;
  private final DoorController controller;
  private final DoorLine line;
  private final Lock lock;
  private final Requests requests;
  private final DoorReports reports;

  private long telemetryTimer = -1;
  private Optional<Promise<Void>> firstUp = Optional.empty();

  // Written on the door's loop, read anywhere.
  private volatile Behaviour behaviour = Behaviour.OFFLINE;
  private volatile boolean online;
  private final LongAdder connects = new LongAdder();
  private final LongAdder disconnects = new LongAdder();
  private volatile Optional<String> trouble = Optional.empty();

  public SimulatedDoor(Vertx vertx, DoorId id, DoorLink link, CommandKeys keys) {
    this.vertx = vertx;
    Time time = Time.system();
    this.loop = Loop.next(vertx);
    this.id = id;
    this.line = new DoorLine(vertx, id, link, new LineListener());
    this.requests = new Requests(vertx);
    this.reports = new DoorReports(time, line, UUID.randomUUID().toString());
    this.lock = new Lock(vertx, () -> reports.event("opened"), () -> reports.event("closed"));
    this.controller =
        new DoorController(time, new CommandVerifier(id, keys), lock::release, line::ack);
  }

  public DoorId id() {
    return id;
  }

  /**
   * Comes to life; the future completes once the door is connected and subscribed, at once where it
   * is to stay offline. It never fails: a door tries for ever.
   */
  public Future<Void> start(Behaviour as, Duration telemetryEvery) {
    return loop.call(
        () -> {
          reports.event("booted");
          long firstMs = ThreadLocalRandom.current().nextLong(telemetryEvery.toMillis()) + 1;
          telemetryTimer =
              vertx.setPeriodic(
                  firstMs, telemetryEvery.toMillis(), timer -> reports.telemetry(lock.open()));
          return become(as);
        });
  }

  /** Behaves otherwise from now on; completes as {@link #start} does. */
  public Future<Void> behave(Behaviour as) {
    return loop.call(() -> become(as));
  }

  /** Disconnects and shuts the lock. */
  public Future<Void> stop() {
    return loop.call(
        () -> {
          behaviour = Behaviour.OFFLINE;
          vertx.cancelTimer(telemetryTimer);
          lock.shut();
          return line.stop();
        });
  }

  /**
   * Passes on a request that a courier's phone has shown to the door; {@code request} is its jti.
   * Fails when no response came within the attempt's time.
   */
  public Future<Response> ask(String request, String jws) {
    return loop.call(
        () -> {
          Future<Response> response = requests.expect(request);
          if (!line.report("request", Buffer.buffer(jws))) {
            requests.giveUp(request, "the door keeps too many messages already");
          }
          return response;
        });
  }

  /** Each time that the door opened so far, oldest first. */
  public Future<List<Opening>> openings() {
    return loop.call(() -> Future.succeededFuture(controller.openings()));
  }

  public Behaviour behaviour() {
    return behaviour;
  }

  public boolean online() {
    return online;
  }

  public long connectCount() {
    return connects.sum();
  }

  public long disconnectCount() {
    return disconnects.sum();
  }

  /** Messages on the command topic that were no command of the gateway for this door. */
  public Future<Long> forgedCount() {
    return loop.call(() -> Future.succeededFuture(controller.forgedCount()));
  }

  /** Why the door is not connected, in words; empty when it is. */
  public Optional<String> trouble() {
    return trouble;
  }

  private Future<Void> become(Behaviour as) {
    behaviour = as;
    if (as == Behaviour.OFFLINE) {
      return line.stop();
    }
    if (online) {
      return Future.succeededFuture();
    }
    Promise<Void> up = firstUp.orElseGet(Promise::promise);
    firstUp = Optional.of(up);
    line.start();
    return up.future();
  }

  private final class LineListener implements DoorLine.Listener {
    @Override
    public void up() {
      online = true;
      connects.increment();
      trouble = Optional.empty();
      firstUp.ifPresent(Promise::tryComplete);
      firstUp = Optional.empty();
    }

    @Override
    public void down() {
      online = false;
      disconnects.increment();
    }

    @Override
    public void trouble(String why) {
      trouble = Optional.of(why);
    }

    @Override
    public void received(String channel, Buffer payload) {
      if (channel.equals("command")) {
        controller.commanded(payload.getBytes(), behaviour);
      } else if (channel.equals("response")) {
        requests.answered(payload);
      }
    }
  }
}
