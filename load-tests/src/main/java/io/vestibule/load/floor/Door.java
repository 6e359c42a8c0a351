package io.vestibule.load.floor;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;

/** A connected door, and who waits for its acks; its event loop owns it. */
final class Door {
  private static final int PACKET_ID_MAX = 0xFFFF;

  private final String id;
  private final ChannelHandlerContext line;

  /** As many as there are requests without an answer. */
  private final Map<String, Unlock> commanded = new HashMap<>();

  private int lastPacketId;
  private boolean gone;

  Door(String id, ChannelHandlerContext line) {
    this.id = id;
    this.line = line;
  }

  String id() {
    return id;
  }

  EventLoop loop() {
    return line.channel().eventLoop();
  }

  void command(Unlock unlock) {
    if (gone) {
      unlock.lost();
      return;
    }
    lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
    commanded.put(unlock.id(), unlock);
    line.writeAndFlush(
        Texts.command(line.alloc(), lastPacketId, unlock.id(), id), line.voidPromise());
  }

  /** An ack that nobody waits for is passed over. */
  void acknowledged(String unlock) {
    Unlock awaited = commanded.remove(unlock);
    if (awaited != null) {
      awaited.opened();
    }
  }

  void gone() {
    gone = true;
    commanded.values().forEach(Unlock::lost);
    commanded.clear();
  }
}
