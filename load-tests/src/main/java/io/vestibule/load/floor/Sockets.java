package io.vestibule.load.floor;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sockets of the loopback, the system's own where they can be had (epoll on Linux), each written
 * once a turn of its event loop as the gateway's are.
 */
record Sockets(
    MultiThreadIoEventLoopGroup group,
    Class<? extends ServerSocketChannel> listening,
    Class<? extends SocketChannel> connecting) {
  private static final int WRITES_MAX = 64;

  static Sockets open(int loopCount) {
    return Epoll.isAvailable()
        ? new Sockets(
            new MultiThreadIoEventLoopGroup(loopCount, EpollIoHandler.newFactory()),
            EpollServerSocketChannel.class,
            EpollSocketChannel.class)
        : new Sockets(
            new MultiThreadIoEventLoopGroup(loopCount, NioIoHandler.newFactory()),
            NioServerSocketChannel.class,
            NioSocketChannel.class);
  }

  List<EventLoop> loops() {
    List<EventLoop> loops = new ArrayList<>();
    group.forEach(loop -> loops.add((EventLoop) loop));
    return loops;
  }

  /** Gives each connection that comes to whoever serves it; the port is the answer. */
  int listen(Consumer<SocketChannel> serving) {
    Channel channel =
        new ServerBootstrap()
            .group(group)
            .channel(listening)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(coalescing(serving))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Connected when it returns; throws where nobody listens. */
  void connect(EventLoop loop, int port, ChannelHandler line) {
    new Bootstrap()
        .group(loop)
        .channel(connecting)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(coalescing(channel -> channel.pipeline().addLast(line)))
        .connect(InetAddress.getLoopbackAddress(), port)
        .syncUninterruptibly();
  }

  /** Runs it on the loop, at once where the caller is on it. */
  static void run(EventLoop loop, Runnable work) {
    if (loop.inEventLoop()) {
      work.run();
    } else {
      loop.execute(work);
    }
  }

  private static ChannelInitializer<SocketChannel> coalescing(Consumer<SocketChannel> more) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel.pipeline().addLast(new FlushConsolidationHandler(WRITES_MAX, true));
        more.accept(channel);
      }
    };
  }
}
