package io.vestibule.load.traffic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One kept connection, a request at a time; its event loop owns it. */
final class Caller extends SimpleChannelInboundHandler<HttpObject> {
  private final Callers callers;
  private final StringBuilder body = new StringBuilder();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Call call;
  private int status;
  private long freeAt;

  Caller(Callers callers) {
    this.callers = callers;
  }

  /**
   * A request.
   *
   * @param due when it was to be sent, as {@link System#nanoTime} counts
   * @param door which it is for, by number; below 0 where it is for none
   */
  record Call(ByteBuf request, long due, int door, Callers.Listener listener) {}

  void send(Call next) {
    call = next;
    ChannelHandlerContext connected = context;
    if (connected == null) {
      throw new IllegalStateException("a caller that is not connected was given a call");
    }
    connected.writeAndFlush(next.request(), connected.voidPromise());
  }

  /** How long it had nothing to do. */
  long idleNanos() {
    return System.nanoTime() - freeAt;
  }

  /** Closes its connection, which has no request on it; another takes its place. */
  void giveUp() {
    if (context != null) {
      context.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    freeAt = System.nanoTime();
    callers.connected(active.channel());
    callers.free(this);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext from, HttpObject part) {
    if (part instanceof HttpResponse response) {
      status = response.status().code();
      body.setLength(0);
    }
    if (part instanceof HttpContent content) {
      body.append(content.content().toString(StandardCharsets.UTF_8));
    }
    if (part instanceof LastHttpContent) {
      answered();
    }
  }

  /** A gateway that closes a connection with a request on it has failed the request. */
  @Override
  public void channelInactive(ChannelHandlerContext closed) {
    Call open = call;
    call = null;
    context = null;
    callers.lost(this);
    if (open != null) {
      open.listener().lost(open, Outcomes.CONNECTION_LOST);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    failed.close();
  }

  private void answered() {
    Call done = call;
    call = null;
    if (done == null) {
      throw new IllegalStateException("an answer without a request");
    }
    freeAt = System.nanoTime();
    done.listener().answered(done, status, body.toString());
    callers.free(this);
  }
}
