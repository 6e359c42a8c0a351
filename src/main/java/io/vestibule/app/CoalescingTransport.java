package io.vestibule.app;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;

/**
 * A transport whose stream sockets are written once a turn of their event loop: what several
 * attempts have to say to Redis, or one attempt twice, leaves in one system call. A turn ends once
 * all sockets that were ready have been read, so that nothing waits for what is yet to come.
 */
final class CoalescingTransport implements Transport {
  /** Past so many writes in a turn the other side may as well begin to read. */
  private static final int WRITES_MAX = 64;

  private final Transport sockets;

  private CoalescingTransport(Transport sockets) {
    this.sockets = sockets;
  }

  /** Over the system's own (epoll on Linux), or Java's where that cannot be had. */
  static io.vertx.core.transport.Transport best() {
    io.vertx.core.transport.Transport own = io.vertx.core.transport.Transport.nativeTransport();
    return over(own != null && own.available() ? own : io.vertx.core.transport.Transport.NIO);
  }

  private static io.vertx.core.transport.Transport over(io.vertx.core.transport.Transport sockets) {
    Transport coalescing = new CoalescingTransport(sockets.implementation());
    return new io.vertx.core.transport.Transport() {
      @Override
      public String name() {
        return sockets.name();
      }

      @Override
      public boolean available() {
        return sockets.available();
      }

      @Override
      public Throwable unavailabilityCause() {
        return sockets.unavailabilityCause();
      }

      @Override
      public Transport implementation() {
        return coalescing;
      }
    };
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    ChannelFactory<? extends Channel> factory = sockets.channelFactory(domainSocket);
    return () -> coalescing(factory.newChannel());
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    ChannelFactory<? extends ServerChannel> factory = sockets.serverChannelFactory(domainSocket);
    return () -> {
      ServerChannel server = factory.newChannel();
      server.pipeline().addFirst(new Accepting());
      return server;
    };
  }

  @Override
  public boolean supportsDomainSockets() {
    return sockets.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return sockets.supportFileRegion();
  }

  @Override
  public boolean isAvailable() {
    return sockets.isAvailable();
  }

  @Override
  public Throwable unavailabilityCause() {
    return sockets.unavailabilityCause();
  }

  @Override
  public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
    return sockets.convert(address);
  }

  @Override
  public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
    return sockets.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return sockets.ioHandlerFactory();
  }

  @Override
  public EventLoopGroup eventLoopGroup(
      int type, int threadCount, ThreadFactory threads, int ioRatio) {
    return sockets.eventLoopGroup(type, threadCount, threads, ioRatio);
  }

  @Override
  public DatagramChannel datagramChannel() {
    return sockets.datagramChannel();
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's name for it; the interface asks for it.
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return sockets.datagramChannel(family);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    sockets.configure(channel, options);
  }

  @Override
  public void configure(
      ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
    sockets.configure(options, connectTimeout, domainSocket, bootstrap);
  }

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    sockets.configure(options, domainSocket, bootstrap);
  }

  private static Channel coalescing(Channel channel) {
    channel.pipeline().addFirst(new FlushConsolidationHandler(WRITES_MAX, true));
    return channel;
  }

  /** Sees each connection before anybody writes to it. */
  @ChannelHandler.Sharable
  private static final class Accepting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext server, Object accepted) {
      server.fireChannelRead(accepted instanceof Channel channel ? coalescing(channel) : accepted);
    }
  }
}
