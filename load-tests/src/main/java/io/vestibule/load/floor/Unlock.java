package io.vestibule.load.floor;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.atomic.AtomicLong;

/** One unlock on its way: on record, commanded, acknowledged, on record again, answered. */
final class Unlock {
  /**
   * All ids are of one length: 16 hexadecimal digits and what makes them as long as a gateway's.
   */
  private static final String ID_BEGIN = "u" + "0".repeat(10);

  private static final AtomicLong LAST = new AtomicLong(1L << 60);

  private final String id = ID_BEGIN + Long.toHexString(LAST.incrementAndGet());
  private final Door door;
  private final ChannelHandlerContext asker;
  private final RedisLine redis;

  /**
   * @param redis of the asker's event loop
   */
  Unlock(Door door, ChannelHandlerContext asker, RedisLine redis) {
    this.door = door;
    this.asker = asker;
    this.redis = redis;
  }

  String id() {
    return id;
  }

  /** Nothing is commanded before it is on record. */
  void begin() {
    redis.send(
        Texts.bytes(asker.alloc(), Texts.claim(id, door.id())),
        () -> Sockets.run(door.loop(), () -> door.command(this)));
  }

  /** The door says that it opened. */
  void opened() {
    onAskersLoop(
        () ->
            redis.send(
                Texts.bytes(asker.alloc(), Texts.closing(id, door.id())),
                () -> HttpLine.write(asker, Texts.opened(id, door.id()))));
  }

  /** The door left, and says nothing more. */
  void lost() {
    onAskersLoop(() -> HttpLine.write(asker, Texts.OFFLINE));
  }

  private void onAskersLoop(Runnable work) {
    Sockets.run(asker.channel().eventLoop(), work);
  }
}
