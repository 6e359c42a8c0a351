package io.vestibule.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.config.Durability;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's pipelined connection to Redis. It is made anew, by a client of its own, whenever
 * it ends, misses a deadline or turns out to lead to a server that cannot serve.
 */
@LoopConfined
final class Link {
  /** Hears what becomes of a link; the cause is why it ended or could not be made. */
  interface Watcher {
    void connected(ServerInfo server);

    void lost(boolean wasConnected, Throwable cause);
  }

  private static final long TICK_MS = 100;
  private static final int TICKS_PER_PING = 10;

  /**
   * After these another connection may do better: to a primary that was replaced, or has loaded.
   */
  private static final Set<FailureCause> UNFIT =
      EnumSet.of(
          FailureCause.READ_ONLY,
          FailureCause.TOO_FEW_REPLICAS,
          FailureCause.LOADING,
          FailureCause.NOT_AUTHORIZED);

  /** Of the errors about slots the one that no redirection mends. */
  private static final String CLUSTER_DOWN = "CLUSTERDOWN";

  // Process.
  private final Vertx vertx;
  private final Loop loop;
  private final Time time;
  private final RedisOptions options;
  private final StoreLimits limits;
  private final Greeting greeting;
  private final Watcher watcher;
  private final Backoff backoff = new Backoff();
  private final Promise<Void> firstTried = Promise.promise();
  private final Promise<Void> firstConnected = Promise.promise();
  private int awaitingFirstCount;
  // Written by the loop alone.
  private final AtomicInteger waitingCount = new AtomicInteger();
  private boolean closed;

  // Connection.
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private @Nullable Redis client;
  private @Nullable RedisConnection connection;
  private Future<Void> attempting = Future.succeededFuture();
  private @Nullable Confirmations confirmations;
  private Throwable away = new LinkFailure(FailureCause.UNREACHABLE, "not connected yet");
  private long timerId = -1;
  private int tick;

  /** How a link is made, and where what is written over it must be before it is answered. */
  record Options(RedisOptions client, StoreLimits limits, Durability durability) {}

  Link(Vertx vertx, Time time, Options options, Watcher watcher) {
    this.vertx = vertx;
    this.time = time;
    this.options = options.client();
    this.limits = options.limits();
    this.greeting = new Greeting(options.durability());
    this.watcher = watcher;
    // Apart from the verticle that asks first: its end must not close what others use.
    this.loop = Loop.current().detached();
    loop.post(this::connect);
  }

  /** Completes once there has been a connection; until then attempts go on. */
  Future<Void> firstConnected() {
    return firstConnected.future();
  }

  /**
   * Sends a command. While the very first attempt to connect is under way it waits for that; later,
   * without a connection, it fails at once. Fails with the cause as it is.
   */
  Future<Response> send(Request request) {
    return onceTried(() -> sendNow(request));
  }

  /** As {@link #send}, answered once what it wrote is where the link's durability wants it. */
  Future<Response> sendDurably(Request write) {
    return onceTried(() -> sendDurablyNow(write));
  }

  /** Whether less than a quarter of what may wait does, so that what can wait may join. */
  boolean hasRoom() {
    loop.check();
    return waiting.size() < limits.waitingCountMax() / 4;
  }

  /** Commands without an answer. May be called from anywhere. */
  int waitingCount() {
    return waitingCount.get();
  }

  private Future<Response> onceTried(Supplier<Future<Response>> sending) {
    loop.check();
    if (firstTried.future().isComplete()) {
      return sending.get();
    }
    if (awaitingFirstCount >= limits.waitingCountMax()) {
      return tooMany();
    }
    awaitingFirstCount++;
    tellWaiting();
    Promise<Response> answer = promise();
    firstTried
        .future()
        .onComplete(
            tried -> {
              awaitingFirstCount--;
              tellWaiting();
              sending.get().onComplete(answer);
            });
    return answer.future();
  }

  /** As {@link #send}, asked on another loop and completed there. */
  Future<Response> sendFromAnywhere(Request request) {
    return loop.call(() -> send(request));
  }

  /** May be called from anywhere. */
  Future<Void> close() {
    return loop.call(this::closeHere);
  }

  /** A client that is closed while it connects logs an error of its own, so that is awaited. */
  private Future<Void> closeHere() {
    closed = true;
    if (client != null && connection == null) {
      return attempting.transform(tried -> endForGood());
    }
    return endForGood();
  }

  private Future<Void> endForGood() {
    Redis ended = client;
    if (ended == null) {
      vertx.cancelTimer(timerId);
      return Future.succeededFuture();
    }
    return end(ended, closedStore());
  }

  private Future<Response> sendNow(Request request) {
    RedisConnection to = connection;
    if (to == null) {
      return notConnected();
    }
    return waiting.size() < limits.waitingCountMax() ? issue(to, request) : tooMany();
  }

  private Future<Response> sendDurablyNow(Request write) {
    Confirmations confirming = confirmations;
    if (confirming == null) {
      return notConnected();
    }
    if (waiting.size() >= limits.waitingCountMax()) {
      return tooMany();
    }
    Promise<Response> answer = promise();
    confirming.send(write).onComplete(answer);
    return answer.future();
  }

  /** Told with why there is none: whether Redis is gone or refuses us is mended elsewhere. */
  private Future<Response> notConnected() {
    return Future.failedFuture(
        closed
            ? closedStore()
            : new LinkFailure(FailureCause.of(away), "not connected: " + away.getMessage()));
  }

  private static Future<Response> tooMany() {
    return Future.failedFuture(new LinkFailure(FailureCause.OVERLOADED, "too many commands wait"));
  }

  private static LinkFailure closedStore() {
    return new LinkFailure(FailureCause.CLOSED, "the store is closed");
  }

  private Future<Response> issue(RedisConnection to, Request request) {
    Promise<Response> answer = promise();
    Waiting entry = new Waiting(answer, time.deadlineIn(limits.commandTimeout()));
    waiting.add(entry);
    tellWaiting();
    to.send(request).onComplete((reply, cause) -> answered(entry, reply, cause));
    return answer.future();
  }

  private void answered(Waiting entry, @Nullable Response reply, @Nullable Throwable cause) {
    entry.done = true;
    forgetAnswered();
    if (cause == null) {
      entry.answer.tryComplete(reply);
      return;
    }
    entry.answer.tryFail(cause);
    Redis current = client;
    if (current != null && cause instanceof ErrorType error && unfit(error)) {
      lost(current, cause);
    }
  }

  private static boolean unfit(ErrorType error) {
    return UNFIT.contains(FailureCause.of(error)) || error.is(CLUSTER_DOWN);
  }

  /** In a cluster replies come in any order, so an answered one may have to wait for its turn. */
  private void forgetAnswered() {
    for (Waiting head = waiting.peek(); head != null && head.done; head = waiting.peek()) {
      waiting.remove();
    }
    tellWaiting();
  }

  /** For who reads it elsewhere, who may be told a moment late: a full fence would cost more. */
  private void tellWaiting() {
    waitingCount.lazySet(waiting.size() + awaitingFirstCount);
  }

  private void connect() {
    if (closed) {
      return;
    }
    Redis attempt = Redis.createClient(vertx, new RedisOptions(options));
    client = attempt;
    timerId =
        vertx.setTimer(
            limits.commandTimeout().toMillis(),
            fired -> lost(attempt, new TimeoutException("no answer to the attempt to connect")));
    attempting =
        attempt
            .connect()
            .compose(made -> greet(attempt, made))
            .onFailure(cause -> lost(attempt, cause));
  }

  private Future<Void> greet(Redis attempt, RedisConnection made) {
    made.exceptionHandler(cause -> lost(attempt, cause));
    made.endHandler(
        nothing -> lost(attempt, new LinkFailure(FailureCause.UNREACHABLE, "connection closed")));
    return greeting.greet(made).onSuccess(greeted -> connected(attempt, made, greeted)).mapEmpty();
  }

  private void connected(Redis attempt, RedisConnection made, Greeting.Greeted greeted) {
    if (client != attempt) {
      return; // Too late: the time for it had passed, and the next attempt is under way.
    }
    vertx.cancelTimer(timerId);
    connection = made;
    confirmations =
        new Confirmations(
            greeted.confirming(), limits.confirmTimeout(), request -> issue(made, request));
    tick = 0;
    timerId = vertx.setPeriodic(TICK_MS, fired -> tick(attempt, made));
    watcher.connected(greeted.server());
    firstConnected.tryComplete();
    firstTried.tryComplete();
  }

  /** One timer for all deadlines: they are of one length, so the oldest command's is the next. */
  private void tick(Redis attempt, RedisConnection made) {
    forgetAnswered();
    Waiting oldest = waiting.peek();
    if (oldest != null && oldest.deadline.passed()) {
      // Replies come in order, so whatever was sent after it would wait as long.
      lost(attempt, new TimeoutException("no reply in " + limits.commandTimeout()));
    } else if (++tick % TICKS_PER_PING == 0) {
      issue(made, Request.cmd(Command.PING)).onSuccess(pong -> backoff.reset());
    }
  }

  private void lost(Redis attempt, Throwable cause) {
    if (client != attempt) {
      return; // Of a connection that was given up before.
    }
    // Told first: whoever hears of a failed command may ask whether there is a connection.
    watcher.lost(connection != null, cause);
    end(attempt, cause);
    timerId = vertx.setTimer(backoff.next(), fired -> connect());
  }

  private Future<Void> end(Redis ended, Throwable cause) {
    vertx.cancelTimer(timerId);
    client = null;
    connection = null;
    confirmations = null;
    away = cause;
    List<Waiting> failed = new ArrayList<>(waiting);
    waiting.clear();
    tellWaiting();
    Future<Void> closing = ended.close();
    firstTried.tryComplete();
    for (Waiting entry : failed) {
      entry.answer.tryFail(cause);
    }
    return closing;
  }

  /** Completes on the context of whoever asks. */
  private static <T> Promise<T> promise() {
    return ((ContextInternal) Vertx.currentContext()).promise();
  }

  /** A command sent and not answered. */
  private static final class Waiting {
    final Promise<Response> answer;
    final Deadline deadline;
    boolean done;

    Waiting(Promise<Response> answer, Deadline deadline) {
      this.answer = answer;
      this.deadline = deadline;
    }
  }
}
