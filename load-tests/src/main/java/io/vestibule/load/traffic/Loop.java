package io.vestibule.load.traffic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import io.vestibule.load.stage.CannotRun;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The event loop that owns every connection of the generator. */
public final class Loop implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final MultiThreadIoEventLoopGroup group;
  private final Duration answerLimit;

  public Loop() {
    this(ANSWER_LIMIT);
  }

  /** Where it does not answer for so long, it hangs. */
  Loop(Duration answerLimit) {
    this.answerLimit = answerLimit;
    IoHandlerFactory handlers =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.group = new MultiThreadIoEventLoopGroup(1, handlers);
  }

  EventLoop executor() {
    return group.next();
  }

  /** What it gives on the event loop. */
  <T> T call(Callable<T> what) throws CannotRun {
    try {
      return executor().submit(what).get(answerLimit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the event loop failed", e.getCause());
    } catch (TimeoutException e) {
      throw hangs("did not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }

  Bootstrap bootstrap() {
    Class<? extends SocketChannel> channel =
        Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    return new Bootstrap()
        .group(group)
        .channel(channel)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_LIMIT.toMillis());
  }

  /** Closes what is open on it; fails where it does not end. */
  @Override
  public void close() throws CannotRun {
    Future<?> ended = group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    if (!ended.awaitUninterruptibly(answerLimit.toMillis())) {
      throw hangs("did not end");
    }
  }

  private CannotRun hangs(String how) {
    return new CannotRun(
        "the generator hangs: its event loop %s within %d s"
            .formatted(how, answerLimit.toSeconds()));
  }
}
