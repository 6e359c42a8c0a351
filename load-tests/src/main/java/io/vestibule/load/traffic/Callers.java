package io.vestibule.load.traffic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connections of backends, which are kept open; the event loop owns them. A request that finds all
 * of them busy waits, and its wait counts.
 */
public final class Callers implements AutoCloseable {
  /** Half of what a gateway takes that may open 20,000 files. */
  public static final int CONNECTIONS = 256;

  private static final int WAITING_MAX = 20_000;
  private static final long AGAIN_MS = 100;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /** The gateway closes connections that are idle for a minute. */
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(20);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);

  private final Loop loop;
  private final Target target;
  private final Duration idleLimit;
  private final Deque<Caller> idle = new ArrayDeque<>();
  private final Deque<Caller.Call> waiting = new ArrayDeque<>();
  private final ChannelGroup channels;
  private volatile boolean closed;

  /** Told once of each request, on the event loop. */
  interface Listener {
    void answered(Caller.Call call, int status, String body);

    /** It has no answer and never will. */
    void lost(Caller.Call call, String why);
  }

  private Callers(Loop loop, Target target, Duration idleLimit) {
    this.loop = loop;
    this.target = target;
    this.idleLimit = idleLimit;
    this.channels = new DefaultChannelGroup(loop.executor());
  }

  /** All are connected when it returns. */
  public static Callers connect(Loop loop, Target target) throws CannotRun {
    return connect(loop, target, IDLE_LIMIT);
  }

  /** The same; one that had nothing to do for longer is given up. */
  static Callers connect(Loop loop, Target target, Duration idleLimit) throws CannotRun {
    Callers callers = new Callers(loop, target, idleLimit);
    List<ChannelFuture> connects = new ArrayList<>();
    for (int number = 0; number < CONNECTIONS; number++) {
      connects.add(callers.connect());
    }
    for (ChannelFuture connect : connects) {
      if (!connect.awaitUninterruptibly(CONNECT_LIMIT.toMillis()) || !connect.isSuccess()) {
        throw new CannotRun("nothing answers at http://" + target.http() + ": " + connect.cause());
      }
    }
    return callers;
  }

  void call(Caller.Call call) {
    giveUpLongIdle();
    Caller caller = idle.poll();
    if (caller != null) {
      caller.send(call);
    } else if (waiting.size() < WAITING_MAX) {
      waiting.add(call);
    } else {
      call.request().release();
      call.listener().lost(call, Outcomes.NOT_SENT);
    }
  }

  /** Those that wait are not sent any more: nobody wants their answer. */
  void forget(Listener listener) {
    waiting.removeIf(
        call -> {
          boolean its = call.listener() == listener;
          if (its) {
            call.request().release();
          }
          return its;
        });
  }

  /** As clients do, before the server does: a request must not meet a connection being closed. */
  private void giveUpLongIdle() {
    Caller oldest = idle.peekLast();
    if (oldest != null && oldest.idleNanos() > idleLimit.toNanos()) {
      idle.removeLast();
      oldest.giveUp();
    }
  }

  void free(Caller caller) {
    Caller.Call next = waiting.poll();
    if (next == null) {
      // The one used last is the one that is warm.
      idle.push(caller);
    } else {
      caller.send(next);
    }
  }

  /** Another takes its place. */
  void lost(Caller caller) {
    idle.remove(caller);
    connectAgain();
  }

  void connected(Channel channel) {
    channels.add(channel);
  }

  /** What still has no answer is lost. */
  @Override
  public void close() throws CannotRun {
    closed = true;
    if (!channels.close().awaitUninterruptibly(CLOSE_LIMIT.toMillis())) {
      throw new CannotRun(
          "connections to http://%s did not close within %d s"
              .formatted(target.http(), CLOSE_LIMIT.toSeconds()));
    }
  }

  /** A gateway that is being started again may not listen yet. */
  private void connectAgain() {
    if (!closed && !loop.executor().isShuttingDown()) {
      connect()
          .addListener(
              connected -> {
                if (!connected.isSuccess()) {
                  loop.executor().schedule(this::connectAgain, AGAIN_MS, TimeUnit.MILLISECONDS);
                }
              });
    }
  }

  private ChannelFuture connect() {
    return loop.bootstrap()
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpResponseDecoder(), new Caller(Callers.this));
              }
            })
        .connect(target.http());
  }
}
