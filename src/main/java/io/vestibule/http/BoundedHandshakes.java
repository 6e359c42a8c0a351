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
import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Tally;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * OpenSSL's engine with so many handshakes at once. A newcomer always gets in, and past the bound
 * the one that began first is closed: whoever connects and says nothing keeps nobody out, and takes
 * no more descriptors than these.
 */
@AnyThread
final class BoundedHandshakes extends OpenSSLEngineOptions {
  private final int countMax;
  private final Tally closed;
  private final AtomicLong arrivals = new AtomicLong();

  /** In the order in which they began. */
  private final NavigableMap<Long, ChannelHandlerContext> underway = new ConcurrentSkipListMap<>();

  /** Of these; the map would count itself one by one. */
  private final AtomicInteger count = new AtomicInteger();

  /**
   * @param closed counts the connections that had to go
   */
  BoundedHandshakes(int countMax, Tally closed) {
    this.countMax = countMax;
    this.closed = closed;
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
      long arrival = begun(context);
      handshakeFuture().addListener(over -> over(arrival));
    }
  }

  private long begun(ChannelHandlerContext context) {
    long arrival = arrivals.incrementAndGet();
    underway.put(arrival, context);
    if (count.incrementAndGet() > countMax) {
      closeFirst();
    }
    return arrival;
  }

  private void closeFirst() {
    Map.Entry<Long, ChannelHandlerContext> first = underway.pollFirstEntry();
    if (first != null) {
      count.decrementAndGet();
      closed.add();
      ChannelFuture unused = first.getValue().close();
    }
  }

  private void over(long arrival) {
    if (underway.remove(arrival) != null) {
      count.decrementAndGet();
    }
  }
}
