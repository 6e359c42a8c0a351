package io.vestibule.load.floor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One pipelined connection to Redis, over which commands go in pairs; its event loop owns it. */
final class RedisLine extends ByteToMessageDecoder {
  private final Consumer<String> lost;

  /** As many as there are requests without an answer. */
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  private @Nullable ChannelHandlerContext context;
  private boolean halfAnswered;

  /**
   * @param lost told why the line is of no use any more
   */
  RedisLine(Consumer<String> lost) {
    this.lost = lost;
  }

  /** Two commands that leave together; what comes next begins once both are answered. */
  void send(ByteBuf pair, Runnable next) {
    ChannelHandlerContext connected = Objects.requireNonNull(context);
    waiting.add(next);
    connected.writeAndFlush(pair, connected.voidPromise());
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
  }

  /** An integer, a simple string or a bulk string, as these commands are answered with. */
  @Override
  protected void decode(ChannelHandlerContext from, ByteBuf in, List<Object> out) {
    int start = in.readerIndex();
    int lineEnd = in.indexOf(start, in.writerIndex(), (byte) '\n');
    if (lineEnd < 0) {
      return;
    }
    String line = in.toString(start, lineEnd - 1 - start, StandardCharsets.US_ASCII);
    int end = lineEnd + 1 + bulkSize(line);
    if (end <= in.writerIndex()) {
      in.readerIndex(end);
      answered(line);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext closed) throws Exception {
    super.channelInactive(closed);
    lost.accept("Redis closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    lost.accept("Redis: " + cause);
  }

  /** With its line's end; nothing where the reply has none, or is nil. */
  private static int bulkSize(String line) {
    return line.charAt(0) != '$' || line.equals("$-1")
        ? 0
        : Integer.parseInt(line, 1, line.length(), 10) + 2;
  }

  private void answered(String line) {
    if (line.charAt(0) == '-') {
      throw new IllegalStateException(line);
    }
    halfAnswered = !halfAnswered;
    if (!halfAnswered) {
      waiting.remove().run();
    }
  }
}
