package io.vestibule.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Loop;
import io.vestibule.config.NodeConfig;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Meters;
import io.vestibule.store.Inbox;
import io.vestibule.store.Keys;
import io.vestibule.store.RedisStore;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among others: says which doors it holds, finds those of the others, and carries what
 * nodes say to each other. What it owns is touched on one event loop.
 */
@AnyThread
public final class Cluster implements Whereabouts {
  /** Clocks of gateways differ, and a door may be let in before the other one sees it leave. */
  private static final Duration CLOCKS_DIFFER_MAX = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

  private final NodeName self;
  private final Parts parts;
  private final Loop loop;
  private final Post post;
  private final Places places;
  private final Exchange exchange;
  private final Registrar registrar;
  private final Lease lease;
  private volatile Optional<Inbox> inbox = Optional.empty();

  /** What it stands on. */
  public record Parts(Vertx vertx, RedisConfig redis, RedisStore store, Meters meters, Time time) {}

  /**
   * What belongs to this node.
   *
   * @param askedCountMax commands asked of others at once; one more is not sent
   * @param late hears of a door's word for which nobody waits any more, on any loop
   */
  public record Own(NodeConfig node, Sessions sessions, int askedCountMax, Consumer<Answer> late) {}

  /** Says and hears nothing before it is started. */
  public Cluster(Parts parts, Own own) {
    this.self = NodeName.begin(own.node().id());
    this.parts = parts;
    this.loop = Loop.next(parts.vertx());
    String publishing = Inbox.publishing(parts.redis());
    this.post = new Post(parts.store(), publishing);
    this.places =
        new Places(
            self,
            parts.store(),
            new Leases(parts.store(), parts.time()),
            parts.time(),
            this::stray);
    this.exchange =
        new Exchange(
            self,
            new Exchange.Parts(parts.vertx(), post, places, parts.meters(), parts.time()),
            own.askedCountMax(),
            own.late());
    this.registrar =
        new Registrar(
            self,
            new Registrar.Parts(parts.vertx(), parts.store(), parts.meters(), own.sessions()),
            this::takenFrom);
    this.lease =
        new Lease(
            self,
            new Lease.Parts(parts.vertx(), parts.store(), publishing),
            own.node().lease(),
            new Renewals());
    parts.meters().gauge(Gauge.REGISTRATIONS_WAITING, registrar::waitingCount);
    parts.meters().gauge(Gauge.NODE_REACHABLE, () -> reachable() ? 1 : 0);
  }

  /** To be called once; hands on what others ask, on the cluster's loop. */
  public void start(Requests requests) {
    String node = self.text();
    inbox =
        Optional.of(
            Inbox.open(
                new Inbox.Parts(parts.vertx(), parts.redis(), parts.store(), parts.time()),
                loop,
                new Inbox.Address(Keys.channel(node), node),
                text -> heard(text, new Hearing(requests))));
    loop.post(lease::start);
    loop.post(registrar::start);
  }

  /** Where doors are that have no session here. */
  public Places places() {
    return places;
  }

  /** Asks the nodes that have them. */
  public Exchange exchange() {
    return exchange;
  }

  /** Whether this node hears what others ask. */
  public boolean reachable() {
    return inbox.map(Inbox::standing).orElse(false);
  }

  /**
   * Whether the epoch is that of a session here; a registration that leads here in vain is put
   * right. To be called on the cluster's loop.
   */
  public boolean holds(DoorId door, long epoch) {
    loop.check();
    boolean holds = registrar.holds(door, epoch);
    if (!holds) {
      registrar.stray(door);
    }
    return holds;
  }

  @Override
  public void changed(DoorId door) {
    // Its timers are to be the loop's own, not those of whoever tells.
    loop.post(() -> registrar.changed(door));
  }

  @Override
  public Future<Boolean> movedBy(DoorId door, Instant ended) {
    return places
        .find(door)
        .map(
            found ->
                found
                    .filter(place -> !place.since().isAfter(ended.plus(CLOCKS_DIFFER_MAX)))
                    .isPresent())
        .recover(Cluster::unreadable);
  }

  /** Gives up the lease and hears nothing more; the store must still be there. Never fails. */
  public Future<Void> close() {
    return loop.call(
        () -> {
          registrar.close();
          Future<Void> silent = inbox.map(Inbox::close).orElseGet(Future::succeededFuture);
          return Future.join(lease.close(), silent).<Void>mapEmpty().otherwiseEmpty();
        });
  }

  /** A registration that cannot be read is nobody's. */
  private static Future<Boolean> unreadable(Throwable failure) {
    return failure instanceof StoreUnavailable outage && outage.ofTheValue()
        ? Future.succeededFuture(false)
        : Future.failedFuture(failure);
  }

  private void stray(DoorId door) {
    loop.post(() -> registrar.stray(door));
  }

  private void takenFrom(NodeName earlier, DoorId door, long epoch) {
    // Not heard, it finds out when it registers the door again.
    post.reply(earlier, Messages.moved(door, epoch)).onComplete(told -> {});
  }

  /** A bug in the work for one message must not keep the others from being heard. */
  private void heard(String text, Hearing hearing) {
    try {
      Messages.read(text, hearing)
          .ifPresent(cause -> parts.meters().count(Count.NODE_MESSAGES_DROPPED, cause));
    } catch (RuntimeException bug) {
      parts.meters().count(Count.NODE_MESSAGES_DROPPED, "error");
      LOG.error("message of another gateway dropped", bug);
    }
  }

  /** Takes each message to whom it concerns. */
  private final class Hearing implements Messages.Hearer {
    private final Requests requests;

    Hearing(Requests requests) {
      this.requests = requests;
    }

    @Override
    public void asked(Ask ask) {
      requests.asked(ask);
    }

    @Override
    public void recalled(Recall recall) {
      requests.recalled(recall);
    }

    @Override
    public void answered(Answer answer) {
      exchange.answered(answer);
    }

    @Override
    public void moved(DoorId door, long epoch) {
      registrar.moved(door, epoch);
    }

    @Override
    public void beat() {
      lease.heard();
    }
  }

  /** What renewals of the lease show. */
  private final class Renewals implements Lease.Watcher {
    @Override
    public void forgotten() {
      registrar.registerAll();
    }

    @Override
    public boolean listening() {
      return reachable();
    }

    @Override
    public void unheard(String why) {
      inbox.ifPresent(box -> box.renew(why));
    }
  }
}
