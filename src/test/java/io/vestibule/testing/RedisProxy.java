package io.vestibule.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and its Redis: holds back or delays what Redis says, and cuts the line.
 */
public final class RedisProxy implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private volatile int redisPort;
  private final NetServer server;
  private final NetClient client;
  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final AtomicInteger getCount = new AtomicInteger();
  private volatile boolean holding;
  private volatile boolean refusing;
  private volatile long delayMs;

  public RedisProxy(RedisProcess redis) {
    this.redisPort = redis.port();
    this.client = vertx.createNetClient();
    this.server = vertx.createNetServer().connectHandler(this::accept);
    OnLoop.await(server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture());
  }

  public String url() {
    return "redis://127.0.0.1:" + server.actualPort();
  }

  /** From now on nothing that Redis says arrives, until it is released. */
  public void hold() {
    holding = true;
  }

  /** What was held arrives, in order. */
  public void release() {
    holding = false;
    lines.forEach(Line::flush);
  }

  /** What Redis says from now on arrives so much later; zero makes an end of that. */
  public void slow(Duration delay) {
    delayMs = delay.toMillis();
  }

  /** Ends every connection; new ones are made as before. */
  public void cut() {
    lines.forEach(Line::end);
    lines.clear();
  }

  /** Ends every connection and lets none be made, or makes an end of that. */
  public void refuse(boolean refuses) {
    refusing = refuses;
    if (refuses) {
      cut();
    }
  }

  /** New connections lead to another Redis; those that are there stay. */
  public void lead(RedisProcess other) {
    redisPort = other.port();
  }

  /** How many GET commands have passed on their way to Redis. */
  public int getCount() {
    return getCount.get();
  }

  @Override
  public void close() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  private void accept(NetSocket near) {
    if (refusing) {
      near.close();
      return;
    }
    near.pause();
    client
        .connect(redisPort, "127.0.0.1")
        .onSuccess(
            far -> {
              lines.add(new Line(near, far));
              if (refusing) {
                near.close();
              }
            })
        .onFailure(gone -> near.close());
  }

  /** One connection through the proxy; its two sockets share a loop. */
  private final class Line {
    private final NetSocket near;
    private final Queue<Buffer> held = new ArrayDeque<>();
    private final Queue<Buffer> late = new ArrayDeque<>();

    Line(NetSocket near, NetSocket far) {
      this.near = near;
      near.handler(
          chunk -> {
            getCount.addAndGet(gets(chunk));
            far.write(chunk);
          });
      far.handler(this::answered);
      near.closeHandler(gone -> far.close());
      far.closeHandler(gone -> near.close());
      near.resume();
    }

    private synchronized void answered(Buffer chunk) {
      if (delayMs == 0 && late.isEmpty()) {
        pass(chunk);
        return;
      }
      late.add(chunk);
      // Whichever timer fires first takes what came first: nothing overtakes.
      vertx.setTimer(Math.max(1, delayMs), fired -> passLate());
    }

    private synchronized void passLate() {
      pass(late.remove());
    }

    private void pass(Buffer chunk) {
      if (holding || !held.isEmpty()) {
        held.add(chunk);
      } else {
        near.write(chunk);
      }
    }

    private synchronized void flush() {
      for (Buffer chunk = held.poll(); chunk != null; chunk = held.poll()) {
        near.write(chunk);
      }
    }

    private void end() {
      near.close();
    }

    private int gets(Buffer chunk) {
      String text = chunk.toString(StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
      return text.split("\r\nGET\r\n", -1).length - 1;
    }
  }
}
