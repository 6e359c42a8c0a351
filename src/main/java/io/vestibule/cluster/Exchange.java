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
import java.util.Optional;
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
  private final ConcurrentMap<UnlockId, Waiting> waiting = new ConcurrentHashMap<>();
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
   * @param alive set once an owner said that it has the command, or may have it
   */
  private record Waiting(
      long id,
      Command command,
      Place owner,
      Promise<Ending> promise,
      long timerId,
      AtomicBoolean alive) {
    /**
     * An owner that was given up may have the command all the same: what its door says, and that it
     * is not taken back, is true of whoever was asked next. That nothing was written is said of
     * that owner alone.
     */
    boolean concernedBy(Answer answer) {
      return id == answer.id() || answer.said().byDoor() || answer.said() == Said.UNDERWAY;
    }
  }

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

  /**
   * Never fails; completes on the caller's context. To be called on an event loop, and for an
   * unlock again only once it has completed.
   */
  public Future<Ending> ask(Place owner, Command command) {
    if (waiting.containsKey(command.unlock())) {
      throw new IllegalStateException("unlock " + command.unlock() + " is being asked for");
    }
    if (waitingCount.incrementAndGet() > waitingCountMax) {
      waitingCount.decrementAndGet();
      meters.count(Count.COMMANDS_REMOTE, Said.FULL.code());
      return Future.succeededFuture(new Ending(Said.FULL, time.now()));
    }
    long id = ids.incrementAndGet();
    Promise<Ending> promise = Promise.promise();
    Future<Ending> ending = Loop.onCaller(promise.future());
    long timerId =
        vertx.setTimer(
            Math.max(1, command.waitMax().toMillis()),
            fired -> find(command.unlock(), id).ifPresent(asked -> end(asked, Said.SILENT)));
    Waiting asked = new Waiting(id, command, owner, promise, timerId, new AtomicBoolean());
    waiting.put(command.unlock(), asked);
    post.tell(owner.node(), Messages.of(request(id, owner, command)))
        .onComplete((heard, failure) -> told(asked, heard, failure));
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
    Waiting asked = waiting.get(answer.unlock());
    if (asked != null && asked.concernedBy(answer) && taken(asked, answer)) {
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
    return end(asked, new Ending(answer.said(), answer.at()));
  }

  /** Empty where it ended. */
  private Optional<Waiting> find(UnlockId unlock, long id) {
    return Optional.ofNullable(waiting.get(unlock)).filter(asked -> asked.id() == id);
  }

  private boolean waits(Waiting asked) {
    return find(asked.command().unlock(), asked.id()).isPresent();
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

  private void told(Waiting asked, @Nullable Long heard, @Nullable Throwable failure) {
    if (!waits(asked)) {
      return;
    }
    if (heard == null) {
      // Unless it never left, it may have been heard: only the answer can tell.
      if (failure instanceof StoreUnavailable away && away.why() == FailureCause.OVERLOADED) {
        end(asked, Said.FULL);
      }
    } else if (heard < 0) {
      judge(asked);
    } else if (heard == 0) {
      recall(asked);
    } else {
      asked.command().sent().run();
    }
  }

  /** Also where the lease has gone meanwhile: the owner may have heard, and count nowhere. */
  private void recall(Waiting asked) {
    Command command = asked.command();
    post.reply(
            asked.owner().node(),
            Messages.of(new Recall(asked.id(), self, command.door(), command.unlock())))
        .onSuccess(
            heard -> {
              if (heard == 0) {
                vertx.setTimer(SIGN_OF_LIFE.toMillis(), fired -> judge(asked));
              }
            });
  }

  /** Gives up an owner that seems to be gone; one that answered meanwhile is where it was. */
  private void judge(Waiting asked) {
    if (waits(asked) && !asked.alive().get()) {
      places.forget(asked.command().door(), asked.owner());
      end(asked, Said.UNREACHED);
    }
  }

  private void end(Waiting asked, Said said) {
    end(asked, new Ending(said, time.now()));
  }

  private boolean end(Waiting asked, Ending ending) {
    if (!waiting.remove(asked.command().unlock(), asked)) {
      return false; // Answer or time came first, and that stands.
    }
    waitingCount.decrementAndGet();
    vertx.cancelTimer(asked.timerId());
    meters.count(Count.COMMANDS_REMOTE, ending.said().code());
    asked.promise().complete(ending);
    return true;
  }
}
