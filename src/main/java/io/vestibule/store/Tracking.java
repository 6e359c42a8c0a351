package io.vestibule.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.config.RedisConfig;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener of every change under some prefixes, whatever the kind of deployment, and proves
 * over and over that it does: canaries, keys that it writes itself over every connection on which
 * entries are read, must come back on each that tells. What cannot be proven for too long is given
 * up and made anew.
 */
@LoopConfined
public final class Tracking {
  private static final Logger LOG = LoggerFactory.getLogger(Tracking.class);
  private static final Duration LOGGED_EVERY = Duration.ofSeconds(5);

  /** Canaries within the time for which a proof holds: some may be late without any harm. */
  private static final int CANARIES_PER_PROOF = 8;

  private static final String CANARY_LIFE_MS = "60000";

  // Process.
  private final Vertx vertx;
  private final Loop loop;
  private final RedisStore store;
  private final TrackingTargets targets;
  private final TrackingLink.Scope scope;
  private final Duration proofMax;
  private final Time time;
  private final ChangeListener listener;
  private final LimitedLog log;
  private final Backoff backoff = new Backoff();
  private boolean closed;

  // Round.
  private @Nullable Round current;
  private long timerId = -1;

  /** What it stands on. */
  public record Parts(Vertx vertx, RedisConfig config, RedisStore store, Time time) {}

  /**
   * Starts at once, on the next of the event loops.
   *
   * @param proofMax the longest that what was told is relied on without a proof
   */
  public static Tracking start(Parts parts, Duration proofMax, ChangeListener listener) {
    Loop loop = Loop.next(parts.vertx());
    Tracking tracking = new Tracking(parts, loop, proofMax, listener);
    loop.post(tracking::connect);
    return tracking;
  }

  private Tracking(Parts parts, Loop loop, Duration proofMax, ChangeListener listener) {
    this.vertx = parts.vertx();
    this.loop = loop;
    this.store = parts.store();
    this.time = parts.time();
    this.proofMax = proofMax;
    this.listener = listener;
    this.log = new LimitedLog(LOG, time, LOGGED_EVERY);
    StoreLimits limits = StoreLimits.defaults();
    this.targets = new TrackingTargets(parts.config(), limits, store);
    List<String> prefixes = new ArrayList<>(Keys.directoryPrefixes());
    prefixes.add(Canary.prefix());
    this.scope = new TrackingLink.Scope(prefixes, limits.commandTimeout().toMillis());
  }

  /** Nothing is told after it; may be called from anywhere. */
  public Future<Void> close() {
    return loop.call(
        () -> {
          closed = true;
          vertx.cancelTimer(timerId);
          end();
          return Future.succeededFuture();
        });
  }

  private void connect() {
    if (closed) {
      return;
    }
    Round round = new Round();
    current = round;
    targets
        .find()
        .compose(round::open)
        .onSuccess(opened -> standing(round))
        .onFailure(cause -> giveUp(round, cause));
  }

  private void standing(Round round) {
    if (current != round) {
      return; // One of its connections ended while others were made.
    }
    LOG.info("redis tells of changes on {} connection(s)", round.links.size());
    round.standing = true;
    listener.standing();
    listener.provenAt(round.begunNanos);
    timerId = vertx.setPeriodic(proofMax.toMillis() / CANARIES_PER_PROOF, fired -> round.tick());
  }

  private void giveUp(Round round, Throwable cause) {
    if (current != round) {
      return; // Of a round that was given up before.
    }
    log.warn(() -> "redis does not tell of changes, so that every decision reads it: " + cause);
    vertx.cancelTimer(timerId);
    end();
    timerId = vertx.setTimer(backoff.next(), fired -> connect());
  }

  private void end() {
    Round ended = current;
    current = null;
    if (ended == null) {
      return;
    }
    ended.links.forEach(TrackingLink::close);
    if (ended.standing) {
      listener.lost();
    }
  }

  /** The connections that are made together, and end together. */
  private final class Round {
    final List<TrackingLink> links = new ArrayList<>();
    final List<Proof> proofs = new ArrayList<>();
    long begunNanos;
    long provenAtNanos;
    boolean standing;
    SlotMap map = SlotMap.none();

    Future<List<TrackingLink>> open(TrackingTargets.Found found) {
      begunNanos = time.nanoTime();
      provenAtNanos = begunNanos;
      map = found.map();
      List<Future<TrackingLink>> opening = new ArrayList<>();
      for (TrackingTarget target : found.targets()) {
        Proof proof = new Proof(target.slotTag(), begunNanos);
        proofs.add(proof);
        opening.add(open(target, proof));
      }
      return Future.join(opening).map(all -> links);
    }

    private Future<TrackingLink> open(TrackingTarget target, Proof proof) {
      return TrackingLink.open(vertx, target, scope, new Hearing(this, proof))
          .onSuccess(
              link -> {
                if (current == this) {
                  links.add(link);
                } else {
                  link.close();
                }
              });
    }

    void tick() {
      long now = time.nanoTime();
      // Subtract before comparing: nanoTime may wrap.
      if (now - provenAtNanos > proofMax.toNanos()) {
        giveUp(this, new IllegalStateException("no proof in " + proofMax));
        return;
      }
      for (Link link : store.links()) {
        proofs.forEach(proof -> proof.fly(link, now).ifPresent(key -> release(link, key)));
      }
      targets
          .map()
          .map(found -> found.equals(map))
          .onFailure(cause -> giveUp(this, cause))
          .onSuccess(
              same -> {
                if (!same) {
                  giveUp(this, new IllegalStateException("slots moved"));
                }
              });
    }

    /** A connection that cannot write it may lead to a server that is not the one that tells. */
    private void release(Link link, String key) {
      link.sendFromAnywhere(Request.cmd(Command.SET).arg(key).arg("").arg("PX").arg(CANARY_LIFE_MS))
          .onFailure(cause -> giveUp(this, cause));
    }

    /** The oldest proof of all connections is what counts. */
    void returned() {
      long oldest = proofs.get(0).provenAtNanos();
      for (Proof proof : proofs) {
        if (proof.provenAtNanos() - oldest < 0) {
          oldest = proof.provenAtNanos();
        }
      }
      provenAtNanos = oldest;
      backoff.reset();
      listener.provenAt(oldest);
    }
  }

  /** What one connection tells. */
  private final class Hearing implements TrackingLink.Watcher {
    private final Round round;
    private final Proof proof;

    Hearing(Round round, Proof proof) {
      this.round = round;
      this.proof = proof;
    }

    @Override
    public void changed(String key) {
      loop.check();
      if (!round.standing) {
        return;
      }
      if (proof.returned(key)) {
        round.returned();
      } else {
        listener.changed(key);
      }
    }

    @Override
    public void allChanged() {
      loop.check();
      if (round.standing) {
        listener.allChanged();
      }
    }

    @Override
    public void ended(Throwable cause) {
      loop.check();
      giveUp(round, cause);
    }
  }
}
