package io.vestibule.door;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import io.vestibule.time.Time;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** OpenSSL's engine, which turns connections past the limit away before they cost a handshake. */
final class CountedTlsEngine extends OpenSSLEngineOptions {
  private final ConnectionCount connections;
  private final DoorMeters meters;
  private final Time time;

  CountedTlsEngine(ConnectionCount connections, DoorMeters meters, Time time) {
    this.connections = connections;
    this.meters = meters;
    this.time = time;
  }

  @Override
  public CountedTlsEngine copy() {
    return this; // Vert.x copies its options; a copy would lose the count.
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new DefaultSslContextFactory(SslProvider.OPENSSL, isSessionCacheEnabled()) {
      @Override
      public SslContext create() throws SSLException {
        return new CountedContext(super.create());
      }
    };
  }

  private final class CountedContext extends DelegatingSslContext {
    CountedContext(SslContext context) {
      super(context);
    }

    @Override
    protected void initEngine(SSLEngine engine) {}

    @Override
    protected SslHandler newHandler(ByteBufAllocator allocator, boolean startTls, Executor tasks) {
      return counted(super.newHandler(allocator, startTls, tasks), tasks);
    }

    @Override
    protected SslHandler newHandler(
        ByteBufAllocator allocator, String host, int port, boolean startTls, Executor tasks) {
      return counted(super.newHandler(allocator, host, port, startTls, tasks), tasks);
    }

    /** The handler that was made gives its engine to one that counts, or that closes. */
    private SslHandler counted(SslHandler handler, Executor tasks) {
      if (connections.enter()) {
        return new CountingSslHandler(handler.engine(), tasks);
      }
      meters.refused(RefusalCause.OVERLOADED);
      return new ClosingSslHandler(handler.engine(), tasks);
    }
  }

  private static final class ClosingSslHandler extends SslHandler {
    ClosingSslHandler(SSLEngine engine, Executor tasks) {
      super(engine, tasks);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
      super.handlerAdded(context);
      ChannelFuture unused = context.close();
    }

    /** No handshake failed: none was to be. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
      context.fireChannelInactive();
    }
  }

  private final class CountingSslHandler extends SslHandler {
    CountingSslHandler(SSLEngine engine, Executor tasks) {
      super(engine, tasks);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
      super.handlerAdded(context);
      context.channel().closeFuture().addListener(done -> connections.leave());
      long acceptedNanos = time.nanoTime();
      handshakeFuture()
          .addListener(
              done -> meters.shookHands(how(done.isSuccess()), time.nanoTime() - acceptedNanos));
    }

    private Handshake how(boolean succeeded) {
      if (!succeeded) {
        return Handshake.FAILED;
      }
      return engine() instanceof ReferenceCountedOpenSslEngine openSsl
              && SSL.isSessionReused(openSsl.sslPointer())
          ? Handshake.RESUMED
          : Handshake.FULL;
    }
  }
}
