package io.vestibule.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.config.RedisConfig;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what is published on one channel, whatever the kind of deployment, over a connection of its
 * own that is made anew whenever it ends.
 */
@LoopConfined
public final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
  private static final Duration LOGGED_EVERY = Duration.ofSeconds(5);

  // Process.
  private final Vertx vertx;
  private final Loop loop;
  private final TrackingTargets targets;
  private final Address address;
  private final InboxLink.Subscription subscription;
  private final Consumer<String> hearer;
  private final LimitedLog log;
  private final Backoff backoff = new Backoff();
  private boolean closed;

  /** Written on the loop, read on any. */
  private volatile boolean standing;

  // Connection.
  private long attempt;
  private @Nullable InboxLink link;
  private long timerId = -1;

  /** What it stands on. */
  public record Parts(Vertx vertx, RedisConfig config, RedisStore store, Time time) {}

  /**
   * Where messages are sent to.
   *
   * @param slotTag the hash tag in the channel's name
   */
  public record Address(String channel, String slotTag) {}

  /** Opens at once, on the loop, where all is heard too. */
  public static Inbox open(Parts parts, Loop loop, Address address, Consumer<String> hearer) {
    Inbox inbox = new Inbox(parts, loop, address, hearer);
    loop.post(inbox::connect);
    return inbox;
  }

  private Inbox(Parts parts, Loop loop, Address address, Consumer<String> hearer) {
    StoreLimits limits = StoreLimits.defaults();
    this.vertx = parts.vertx();
    this.loop = loop;
    this.targets = new TrackingTargets(parts.config(), limits, parts.store());
    this.address = address;
    this.subscription =
        new InboxLink.Subscription(
            address.channel(), sharded(parts.config()), limits.commandTimeout().toMillis());
    this.hearer = hearer;
    this.log = new LimitedLog(LOG, parts.time(), LOGGED_EVERY);
  }

  /** The command by which others publish to such a channel: in a cluster to one shard alone. */
  public static String publishing(RedisConfig config) {
    return sharded(config) ? "SPUBLISH" : "PUBLISH";
  }

  /** Whether messages are heard, as far as is known. May be called from anywhere. */
  public boolean standing() {
    return standing;
  }

  /** Gives up a connection that seems to be there and is of no use. */
  public void renew(String why) {
    loop.check();
    giveUp(attempt, new IllegalStateException(why));
  }

  /** Nothing is heard after it; may be called from anywhere. */
  public Future<Void> close() {
    return loop.call(
        () -> {
          closed = true;
          vertx.cancelTimer(timerId);
          end();
          return Future.succeededFuture();
        });
  }

  private static boolean sharded(RedisConfig config) {
    return config.mode() == RedisConfig.Mode.CLUSTER;
  }

  private void connect() {
    if (closed) {
      return;
    }
    long own = ++attempt;
    targets
        .owning(address.slotTag())
        .compose(target -> InboxLink.open(vertx, target, subscription, new Hearing(own)))
        .onSuccess(opened -> standing(own, opened))
        .onFailure(cause -> giveUp(own, cause));
  }

  private void standing(long own, InboxLink opened) {
    if (attempt != own || closed) {
      opened.close();
      return;
    }
    link = opened;
    standing = true;
    LOG.info("messages of other gateways are heard");
  }

  private void giveUp(long own, Throwable cause) {
    if (attempt != own || closed) {
      return; // Of a connection that was given up before.
    }
    log.warn(() -> "messages of other gateways are not heard, trying again: " + cause);
    end();
    timerId = vertx.setTimer(backoff.next(), fired -> connect());
  }

  private void end() {
    attempt++;
    standing = false;
    InboxLink ended = link;
    link = null;
    if (ended != null) {
      ended.close();
    }
  }

  /** What one connection tells. */
  private final class Hearing implements InboxLink.Watcher {
    private final long own;

    Hearing(long own) {
      this.own = own;
    }

    @Override
    public void heard(String message) {
      loop.check();
      if (attempt == own && !closed) {
        backoff.reset();
        hearer.accept(message);
      }
    }

    @Override
    public void ended(Throwable cause) {
      loop.check();
      giveUp(own, cause);
    }
  }
}
