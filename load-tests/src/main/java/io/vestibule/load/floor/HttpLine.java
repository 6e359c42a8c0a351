package io.vestibule.load.floor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A backend's kept connection, a request at a time. Unlocks are carried out, everything else that
 * is put or posted is taken and forgotten, and nothing is there to be got.
 */
final class HttpLine extends ByteToMessageDecoder {
  private static final String DOORS = "POST /v1/doors/";
  private static final String LENGTH = "Content-Length: ";
  private static final String HEAD_END = "\r\n\r\n";

  private final Map<String, Door> doors;
  private final RedisLine redis;

  /**
   * @param redis of the same event loop
   */
  HttpLine(Map<String, Door> doors, RedisLine redis) {
    this.doors = doors;
    this.redis = redis;
  }

  @Override
  protected void decode(ChannelHandlerContext from, ByteBuf in, List<Object> out) {
    String text = in.toString(StandardCharsets.US_ASCII);
    int headEnd = text.indexOf(HEAD_END);
    int size =
        headEnd < 0 ? Integer.MAX_VALUE : headEnd + HEAD_END.length() + bodySize(text, headEnd);
    if (size <= text.length()) {
      in.skipBytes(size);
      asked(from, text);
    }
  }

  /** What it asked for has no answer any more; neither has a request whose door it waits for. */
  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    failed.close();
  }

  private static int bodySize(String text, int headEnd) {
    int from = text.lastIndexOf(LENGTH, headEnd) + LENGTH.length();
    return Integer.parseInt(text, from, text.indexOf('\r', from), 10);
  }

  private void asked(ChannelHandlerContext from, String text) {
    if (text.startsWith(DOORS)) {
      String id = text.substring(DOORS.length(), text.indexOf('/', DOORS.length()));
      unlock(from, id);
    } else {
      // Whoever publishes no keys is not asked whose a command's signature is.
      write(from, text.startsWith("GET ") ? Texts.NOT_FOUND : Texts.TAKEN);
    }
  }

  private void unlock(ChannelHandlerContext from, String id) {
    Door door = doors.get(id);
    if (door == null) {
      write(from, Texts.OFFLINE);
    } else {
      new Unlock(door, from, redis).begin();
    }
  }

  static void write(ChannelHandlerContext to, String answer) {
    to.writeAndFlush(Texts.bytes(to.alloc(), answer), to.voidPromise());
  }
}
