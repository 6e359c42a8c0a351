package io.vestibule.door;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** OpenSSL's engine, which turns connections past the limit away before they cost a handshake. */
final class CountedTlsEngine extends OpenSSLEngineOptions {
  private final ConnectionCount connections;
  private final Runnable refused;

  /** {@code refused} runs for each connection turned away, on its event loop. */
  CountedTlsEngine(ConnectionCount connections, Runnable refused) {
    this.connections = connections;
    this.refused = refused;
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
      refused.run();
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
  }

  private final class CountingSslHandler extends SslHandler {
    CountingSslHandler(SSLEngine engine, Executor tasks) {
      super(engine, tasks);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
      super.handlerAdded(context);
      context.channel().closeFuture().addListener(done -> connections.leave());
    }
  }
}
