package io.vestibule.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.concurrent.Loop;
import io.vestibule.config.Durability;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis as the rest of the gateway sees it: commands and scripts, over one connection per event
 * loop, and one more for writes where they are to be confirmed. They are asked for on an event loop
 * and complete on the asker's context; every future of theirs fails only with {@link
 * StoreUnavailable}, at once where there is no connection.
 */
@AnyThread
public final class RedisStore implements Store {
  private static final Logger log = LoggerFactory.getLogger(RedisStore.class);

  /** An outage brings an attempt a second on each loop. */
  private static final Duration LOGGED_EVERY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Time time;
  private final Meters meters;
  private final Link.Options reading;
  private final Link.Options writing;
  private final boolean confirming;
  private final String endpoints;
  private final Failures failures;
  private final Operations operations;
  private final LimitedLog attemptsLog;
  // By the loop's thread; as many as there are loops.
  private final Map<Thread, Link> links = new ConcurrentHashMap<>();
  // Apart where a write is confirmed: the question blocks the connection, and reads would wait.
  private final Map<Thread, Link> durableLinks = new ConcurrentHashMap<>();
  private final Map<String, Command> commands = new ConcurrentHashMap<>();
  private final AtomicInteger connectedCount = new AtomicInteger();
  private final AtomicBoolean forgetfulTold = new AtomicBoolean();
  private volatile boolean greeted;
  private volatile boolean appendOnly;
  private volatile FailureCause away = FailureCause.UNREACHABLE;
  private volatile boolean closed;

  public RedisStore(Vertx vertx, RedisConfig config, Time time, Meters meters) {
    this(vertx, config, time, meters, StoreLimits.defaults());
  }

  public RedisStore(Vertx vertx, RedisConfig config, Time time, Meters meters, StoreLimits limits) {
    this.vertx = vertx;
    this.time = time;
    this.meters = meters;
    RedisOptions options = Endpoints.options(config, limits);
    this.reading = new Link.Options(options, limits, Durability.PRIMARY);
    this.writing = new Link.Options(options, limits, config.durability());
    this.confirming = config.durability() != Durability.PRIMARY;
    this.endpoints = Endpoints.describe(config);
    this.failures = new Failures(endpoints, time, meters);
    this.operations = new Operations(meters);
    this.attemptsLog = new LimitedLog(log, time, LOGGED_EVERY);
  }

  /**
   * Makes the connections of the loop that asks and keeps them; completes once they were first
   * there, however long that takes: a Redis that is not safe to use counts as not there. Commands
   * do the same, so this is for a start that wants to wait.
   */
  public Future<Void> connect() {
    return Future.join(link().firstConnected(), durableLink().firstConnected()).mapEmpty();
  }

  /** Whether every loop that ever asked is connected, and any did. */
  public boolean connected() {
    int wanted = links.size() + durableLinks.size();
    return !closed && wanted > 0 && connectedCount.get() >= wanted;
  }

  /** Whether any loop is connected. */
  public boolean partlyConnected() {
    return !closed && connectedCount.get() > 0;
  }

  /**
   * Why a loop is not connected, or what Redis answered to commands within the last 10 s though all
   * are; empty where all is well. Faults of single values are none of Redis'.
   */
  public Optional<FailureCause> trouble() {
    if (closed) {
      return Optional.of(FailureCause.CLOSED);
    }
    return connected() ? failures.ofLate() : Optional.of(away);
  }

  /** Whether there has been a connection, so that what Redis says of itself is known. */
  public boolean greeted() {
    return greeted;
  }

  /** Whether Redis keeps an append-only file, by what it said when it was last connected to. */
  public boolean appendOnly() {
    return appendOnly;
  }

  /**
   * Operations that wait for Redis on all loops; as of a moment ago on others than the caller's.
   */
  public int waitingCount() {
    return Stream.concat(links.values().stream(), durableLinks.values().stream())
        .mapToInt(Link::waitingCount)
        .sum();
  }

  @Override
  public Future<Reply> command(Call call) {
    return asked(call.name(), () -> send(request(call)));
  }

  /**
   * As {@link #command(String, String...)}, of what matters less than an unlock: it fails at once,
   * counted and not logged, where much waits for Redis.
   */
  public Future<Reply> commandWhereRoom(String name, String... args) {
    if (!closed && !link().hasRoom()) {
      meters.count(Count.STORE_YIELDED);
      return Future.failedFuture(
          new StoreUnavailable(name, FailureCause.OVERLOADED, "it yields to unlocks"));
    }
    return command(name, args);
  }

  @Override
  public Future<Reply> commandDurably(Call call) {
    return asked(call.name(), () -> sendDurably(request(call)));
  }

  /** Runs a script by its hash; a server that does not have it yet gets it, and runs it, once. */
  @Override
  public Future<Reply> eval(Script script, List<String> keys, List<String> args) {
    return eval(script, keys, args, this::send);
  }

  @Override
  public Future<Reply> evalDurably(Script script, List<String> keys, List<String> args) {
    return eval(script, keys, args, this::sendDurably);
  }

  @Override
  public StoreUnavailable unreadable(String what, UnreadableValue value) {
    return failures.of(what, value);
  }

  /** Ends every connection; what is asked from then on fails. */
  public Future<Void> close() {
    closed = true;
    List<Future<Void>> closing = new ArrayList<>();
    links.values().forEach(link -> closing.add(link.close()));
    durableLinks.values().forEach(link -> closing.add(link.close()));
    return Future.join(closing).mapEmpty();
  }

  /** The connections of all loops that ever asked, that of the caller's among them. */
  List<Link> links() {
    link();
    return List.copyOf(links.values());
  }

  private Future<Reply> eval(
      Script script, List<String> keys, List<String> args, Function<Request, Future<Response>> to) {
    return asked(
        script.name(),
        () ->
            to.apply(eval(Command.EVALSHA, script.sha1(), keys, args))
                .recover(
                    cause ->
                        cause instanceof ErrorType error && error.is("NOSCRIPT")
                            ? to.apply(eval(Command.EVAL, script.source(), keys, args))
                            : Future.failedFuture(cause)));
  }

  private Future<Reply> asked(String name, Supplier<Future<Response>> asking) {
    Operations.Operation operation = operations.of(name);
    long startNanos = time.nanoTime();
    return asking
        .get()
        .transform(
            (response, cause) -> {
              operation.took().record(time.nanoTime() - startNanos);
              if (cause == null) {
                return Future.succeededFuture(Replies.of(response));
              }
              operation.failed().add();
              return Future.failedFuture(failures.of(name, cause));
            });
  }

  private Future<Response> send(Request request) {
    return closed ? closedStore() : link().send(request);
  }

  private Future<Response> sendDurably(Request request) {
    return closed ? closedStore() : durableLink().sendDurably(request);
  }

  private static Future<Response> closedStore() {
    return Future.failedFuture(new LinkFailure(FailureCause.CLOSED, "the store is closed"));
  }

  private Link link() {
    return link(links, reading);
  }

  private Link durableLink() {
    return confirming ? link(durableLinks, writing) : link();
  }

  private Link link(Map<Thread, Link> of, Link.Options options) {
    Loop.current().check();
    return of.computeIfAbsent(
        Thread.currentThread(), thread -> new Link(vertx, time, options, new Watching()));
  }

  private Request request(Call call) {
    return Request.cmd(
        commands.computeIfAbsent(call.name(), Command::create), call.args().toArray());
  }

  /** Its arguments in one array, as long as they are: a request that grows makes many. */
  private static Request eval(
      Command command, String script, List<String> keys, List<String> args) {
    Object[] all = new Object[2 + keys.size() + args.size()];
    all[0] = script;
    all[1] = keys.size();
    for (int index = 0; index < keys.size(); index++) {
      all[2 + index] = keys.get(index);
    }
    for (int index = 0; index < args.size(); index++) {
      all[2 + keys.size() + index] = args.get(index);
    }
    return Request.cmd(command, all);
  }

  /** Counts and logs what becomes of the links. */
  private final class Watching implements Link.Watcher {
    @Override
    public void connected(ServerInfo server) {
      connectedCount.incrementAndGet();
      meters.count(Count.STORE_CONNECTS);
      log.info("redis at {} connected", endpoints);
      appendOnly = server.appendOnly();
      greeted = true;
      if (!server.appendOnly() && forgetfulTold.compareAndSet(false, true)) {
        log.warn(
            "redis at {} keeps no append-only file: its restart forgets attempts, and grants that"
                + " were used open again",
            endpoints);
      }
    }

    @Override
    public void lost(boolean wasConnected, Throwable cause) {
      away = FailureCause.of(cause);
      if (wasConnected) {
        connectedCount.decrementAndGet();
      }
      attemptsLog.warn(
          () ->
              "redis at %s not usable, %s, trying again: %s (%s)"
                  .formatted(
                      endpoints,
                      FailureCause.of(cause).code(),
                      FailureCause.of(cause).remedy(),
                      Failures.printable(cause.getMessage())));
    }
  }
}
