package io.vestibule.http;

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
import io.vestibule.metrics.Tally;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * OpenSSL's engine with so many handshakes at once: whoever connects and says nothing takes no more
 * descriptors than these, for a connection counts only once its handshake is over.
 */
final class BoundedHandshakes extends OpenSSLEngineOptions {
  private final AtomicInteger underway = new AtomicInteger();
  private final int countMax;
  private final Tally refused;

  /**
   * @param refused counts the connections that are closed at once
   */
  BoundedHandshakes(int countMax, Tally refused) {
    this.countMax = countMax;
    this.refused = refused;
  }

  @Override
  public BoundedHandshakes copy() {
    return this; // Vert.x copies its options; a copy would count for itself.
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new DefaultSslContextFactory(SslProvider.OPENSSL, isSessionCacheEnabled()) {
      @Override
      public SslContext create() throws SSLException {
        return new BoundedContext(super.create());
      }
    };
  }

  private final class BoundedContext extends DelegatingSslContext {
    BoundedContext(SslContext context) {
      super(context);
    }

    @Override
    protected void initEngine(SSLEngine engine) {}

    @Override
    protected SslHandler newHandler(ByteBufAllocator allocator, boolean startTls, Executor tasks) {
      return new Handshake(super.newHandler(allocator, startTls, tasks).engine(), tasks);
    }

    @Override
    protected SslHandler newHandler(
        ByteBufAllocator allocator, String host, int port, boolean startTls, Executor tasks) {
      return new Handshake(
          super.newHandler(allocator, host, port, startTls, tasks).engine(), tasks);
    }
  }

  private final class Handshake extends SslHandler {
    Handshake(SSLEngine engine, Executor tasks) {
      super(engine, tasks);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
      super.handlerAdded(context);
      handshakeFuture().addListener(over -> underway.decrementAndGet());
      if (underway.incrementAndGet() > countMax) {
        refused.add();
        ChannelFuture unused = context.close();
      }
    }
  }
}
