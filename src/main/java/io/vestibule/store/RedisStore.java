package io.vestibule.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.concurrent.Loop;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis as the rest of the gateway sees it: commands and scripts, over one connection per event
 * loop. They are asked for on an event loop and complete on the asker's context; every future of
 * theirs fails only with {@link StoreUnavailable}, at once where there is no connection.
 */
@AnyThread
public final class RedisStore implements Store {
  private static final Logger log = LoggerFactory.getLogger(RedisStore.class);

  /** An outage brings thousands of failures. */
  private static final Duration LOGGED_EVERY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Time time;
  private final Meters meters;
  private final RedisOptions options;
  private final StoreLimits limits;
  private final String endpoints;
  private final LimitedLog failuresLog;
  private final LimitedLog attemptsLog;
  // By the loop's thread; as many as there are loops.
  private final Map<Thread, Link> links = new ConcurrentHashMap<>();
  private final Map<String, Command> commands = new ConcurrentHashMap<>();
  private final AtomicInteger connectedCount = new AtomicInteger();
  private volatile boolean closed;

  public RedisStore(Vertx vertx, RedisConfig config, Time time, Meters meters) {
    this(vertx, config, time, meters, StoreLimits.defaults());
  }

  public RedisStore(Vertx vertx, RedisConfig config, Time time, Meters meters, StoreLimits limits) {
    this.vertx = vertx;
    this.time = time;
    this.meters = meters;
    this.options = Endpoints.options(config, limits);
    this.limits = limits;
    this.endpoints = Endpoints.describe(config);
    this.failuresLog = new LimitedLog(log, time, LOGGED_EVERY);
    this.attemptsLog = new LimitedLog(log, time, LOGGED_EVERY);
  }

  /**
   * Makes the connection of the loop that asks and keeps it; completes once it was first there,
   * however long that takes. Commands do the same, so this is for a start that wants to wait.
   */
  public Future<Void> connect() {
    return link().firstConnected();
  }

  /** Whether every loop that ever asked is connected, and any did. */
  public boolean connected() {
    return !closed && !links.isEmpty() && connectedCount.get() >= links.size();
  }

  @Override
  public Future<Reply> command(Call call) {
    return send(request(call)).recover(cause -> failed(call.name(), cause)).map(RedisStore::reply);
  }

  /** Runs a script by its hash; a server that does not have it yet gets it, and runs it, once. */
  @Override
  public Future<Reply> eval(Script script, List<String> keys, List<String> args) {
    return send(eval(Command.EVALSHA, script.sha1(), keys, args))
        .recover(
            cause ->
                cause instanceof ErrorType error && error.is("NOSCRIPT")
                    ? send(eval(Command.EVAL, script.source(), keys, args))
                    : Future.failedFuture(cause))
        .recover(cause -> failed(script.name(), cause))
        .map(RedisStore::reply);
  }

  /** Ends every connection; what is asked from then on fails. */
  public Future<Void> close() {
    closed = true;
    List<Future<Void>> closing = new ArrayList<>();
    links.values().forEach(link -> closing.add(link.close()));
    return Future.join(closing).mapEmpty();
  }

  /** The connections of all loops that ever asked, that of the caller's among them. */
  List<Link> links() {
    link();
    return List.copyOf(links.values());
  }

  private Future<Response> send(Request request) {
    return closed ? Future.failedFuture("the store is closed") : link().send(request);
  }

  private Link link() {
    Loop.current().check();
    return links.computeIfAbsent(
        Thread.currentThread(), thread -> new Link(vertx, time, options, limits, new Watching()));
  }

  private Request request(Call call) {
    Request request = Request.cmd(commands.computeIfAbsent(call.name(), Command::create));
    call.args().forEach(request::arg);
    return request;
  }

  private static Request eval(
      Command command, String script, List<String> keys, List<String> args) {
    Request request = Request.cmd(command).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    args.forEach(request::arg);
    return request;
  }

  private <T> Future<T> failed(String operation, Throwable cause) {
    meters.count(Count.STORE_FAILURES);
    StoreUnavailable failure = new StoreUnavailable(operation, cause);
    failuresLog.warn(() -> "redis at " + endpoints + " failed: " + failure.getMessage());
    return Future.failedFuture(failure);
  }

  private static Reply reply(@Nullable Response response) {
    if (response == null) {
      return new Reply.Absent();
    }
    if (response.type() == ResponseType.NUMBER) {
      return new Reply.Numeral(response.toLong());
    }
    if (response.type() != ResponseType.MULTI) {
      return new Reply.Text(response.toString());
    }
    List<Reply> items = new ArrayList<>(response.size());
    for (int index = 0; index < response.size(); index++) {
      items.add(reply(response.get(index)));
    }
    return new Reply.Items(items);
  }

  /** Counts and logs what becomes of the links. */
  private final class Watching implements Link.Watcher {
    @Override
    public void connected() {
      connectedCount.incrementAndGet();
      log.info("redis at {} connected", endpoints);
    }

    @Override
    public void lost(boolean wasConnected, Throwable cause) {
      if (wasConnected) {
        connectedCount.decrementAndGet();
      }
      attemptsLog.warn(
          () -> "redis at " + endpoints + " not reachable, trying again: " + cause.getMessage());
    }
  }
}
