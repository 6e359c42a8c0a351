package io.vestibule.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Loop;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Meters;
import io.vestibule.store.FailureCause;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the owner of a door to command it, and waits for the answer. Each command is sent once; each
 * wait ends once: by the answer, by its time, or by proof that nobody heard it.
 */
@AnyThread
public final class Exchange {
  /**
   * How long an owner that nobody saw hear a command may take to say that it did, whatever the door
   * takes. After a failover Redis may hand on a message and count nobody, for the owner listens
   * where the primary was.
   */
  private static final Duration SIGN_OF_LIFE = Duration.ofMillis(250);

  /** What the answer's way back takes: a door that acks in the last moment is heard in time. */
  private static final Duration WAY_BACK = Duration.ofMillis(100);

  private final NodeName self;
  private final Vertx vertx;
  private final Post post;
  private final Places places;
  private final Meters meters;
  private final Time time;
  private final int waitingCountMax;
  private final Consumer<Answer> late;
  private final ConcurrentMap<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final AtomicLong ids = new AtomicLong();

  /** How it ended, and when, by the door's clock where the door said so. */
  public record Ending(Said said, Instant at) {}

  /**
   * What the owner is to do.
   *
   * @param waitMax for the answer, in all
   * @param sent runs on the caller's context once the owner has it, unless the wait is over by then
   */
  public record Command(
      DoorId door, UnlockId unlock, String jws, Duration waitMax, Runnable sent) {}

  /**
   * @param alive set once the owner said that it has the command
   */
  private record Waiting(
      Command command, Place owner, Promise<Ending> promise, long timerId, AtomicBoolean alive) {}

  /** What it stands on. */
  record Parts(Vertx vertx, Post post, Places places, Meters meters, Time time) {}

  /**
   * @param late hears of a door's word for which nobody waits any more
   */
  Exchange(NodeName self, Parts parts, int waitingCountMax, Consumer<Answer> late) {
    this.self = self;
    this.vertx = parts.vertx();
    this.post = parts.post();
    this.places = parts.places();
    this.meters = parts.meters();
    this.time = parts.time();
    this.waitingCountMax = waitingCountMax;
    this.late = late;
    meters.gauge(Gauge.COMMANDS_REMOTE_WAITING, waitingCount::get);
  }

  /** Never fails; completes on the caller's context. To be called on an event loop. */
  public Future<Ending> ask(Place owner, Command command) {
    if (waitingCount.incrementAndGet() > waitingCountMax) {
      waitingCount.decrementAndGet();
      meters.count(Count.COMMANDS_REMOTE, Said.FULL.code());
      return Future.succeededFuture(new Ending(Said.FULL, time.now()));
    }
    long id = ids.incrementAndGet();
    Promise<Ending> promise = Promise.promise();
    Future<Ending> ending = Loop.onCaller(promise.future());
    long timerId =
        vertx.setTimer(Math.max(1, command.waitMax().toMillis()), fired -> end(id, Said.SILENT));
    waiting.put(id, new Waiting(command, owner, promise, timerId, new AtomicBoolean()));
    post.tell(owner.node(), Messages.of(request(id, owner, command)))
        .onComplete((heard, failure) -> told(id, heard, failure));
    return ending;
  }

  /**
   * Answers; true where the asker heard it. Fails only with {@link StoreUnavailable}, after which
   * it may have been heard.
   */
  public Future<Boolean> answer(NodeName asker, Answer answer) {
    return post.reply(asker, Messages.of(answer)).map(heard -> heard > 0);
  }

  /** An answer came. */
  void answered(Answer answer) {
    Waiting asked = waiting.get(answer.id());
    if (asked != null && asked.command().unlock().equals(answer.unlock()) && taken(asked, answer)) {
      return;
    }
    meters.count(Count.NODE_MESSAGES_DROPPED, "late");
    if (answer.said().byDoor()) {
      late.accept(answer);
    }
  }

  /** False where another answer or time came first. */
  private boolean taken(Waiting asked, Answer answer) {
    if (answer.said() == Said.UNDERWAY) {
      asked.alive().set(true);
      return true;
    }
    return end(answer.id(), new Ending(answer.said(), answer.at()));
  }

  private Ask request(long id, Place owner, Command command) {
    Duration ackTimeout = command.waitMax().minus(WAY_BACK);
    return new Ask(
        id,
        self,
        owner.epoch(),
        command.jws(),
        ackTimeout.toMillis() > 0 ? ackTimeout : Duration.ofMillis(1));
  }

  private void told(long id, @Nullable Long heard, @Nullable Throwable failure) {
    Waiting asked = waiting.get(id);
    if (asked == null) {
      return;
    }
    if (heard == null) {
      // Unless it never left, it may have been heard: only the answer can tell.
      if (failure instanceof StoreUnavailable away && away.why() == FailureCause.OVERLOADED) {
        end(id, Said.FULL);
      }
    } else if (heard < 0) {
      unreached(id, asked);
    } else if (heard == 0) {
      recall(id, asked);
    } else {
      asked.command().sent().run();
    }
  }

  /** Also where the lease has gone meanwhile: the owner may have heard, and count nowhere. */
  private void recall(long id, Waiting asked) {
    Command command = asked.command();
    post.reply(
            asked.owner().node(),
            Messages.of(new Recall(id, self, command.door(), command.unlock())))
        .onSuccess(
            heard -> {
              if (heard == 0) {
                vertx.setTimer(SIGN_OF_LIFE.toMillis(), fired -> judge(id, asked));
              }
            });
  }

  private void judge(long id, Waiting asked) {
    if (!asked.alive().get()) {
      unreached(id, asked);
    }
  }

  private void unreached(long id, Waiting asked) {
    places.forget(asked.command().door(), asked.owner());
    end(id, Said.UNREACHED);
  }

  private void end(long id, Said said) {
    end(id, new Ending(said, time.now()));
  }

  private boolean end(long id, Ending ending) {
    Waiting ended = waiting.remove(id);
    if (ended == null) {
      return false; // Answer or time came first, and that stands.
    }
    waitingCount.decrementAndGet();
    vertx.cancelTimer(ended.timerId());
    meters.count(Count.COMMANDS_REMOTE, ending.said().code());
    ended.promise().complete(ending);
    return true;
  }
}
