package io.vestibule.load.floor;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A door's connection in MQTT 3.1.1: it connects, subscribes to its commands, and acks them. */
final class DoorLine extends ByteToMessageDecoder {
  private static final int CONNECT = 0x10;
  private static final int PUBLISH = 0x30;
  private static final int SUBSCRIBE = 0x80;

  private static final int CONNACK = 0x20_02_00_00;
  private static final int PUBACK = 0x40_02_00_00;
  private static final int SUBACK = 0x90_03_00_00;
  private static final int GRANTED_QOS_1 = 1;

  /** The protocol's name with its length, its level, flags and keep-alive. */
  private static final int BEFORE_CLIENT_ID = 10;

  private static final String COMMAND = "\"command\":\"";

  private final Map<String, Door> doors;
  private @Nullable Door door;

  /**
   * @param doors where it is to be found, by its id, once it takes commands
   */
  DoorLine(Map<String, Door> doors) {
    this.doors = doors;
  }

  @Override
  protected void decode(ChannelHandlerContext from, ByteBuf in, List<Object> out) {
    int at = in.readerIndex() + 1;
    int size = 0;
    for (int shift = 0, more = 0x80; more != 0; shift += 7) {
      if (at >= in.writerIndex()) {
        return;
      }
      int digit = in.getUnsignedByte(at++);
      size |= (digit & 0x7F) << shift;
      more = digit & 0x80;
    }
    if (at + size <= in.writerIndex()) {
      int type = in.getUnsignedByte(in.readerIndex()) & 0xF0;
      in.readerIndex(at);
      received(from, type, in.readSlice(size));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext closed) throws Exception {
    super.channelInactive(closed);
    if (door != null) {
      doors.remove(door.id(), door);
      door.gone();
    }
  }

  /** A door that breaks the protocol, or TLS, is gone. */
  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    failed.close();
  }

  /** Its PUBACK of a command says nothing that its ack does not. */
  private void received(ChannelHandlerContext from, int type, ByteBuf packet) {
    switch (type) {
      case CONNECT -> connected(from, packet);
      case SUBSCRIBE -> subscribed(from, packet);
      case PUBLISH -> acknowledged(from, packet);
      default -> {}
    }
  }

  private void connected(ChannelHandlerContext from, ByteBuf packet) {
    packet.skipBytes(BEFORE_CLIENT_ID);
    int size = packet.readUnsignedShort();
    door = new Door(packet.toString(packet.readerIndex(), size, StandardCharsets.UTF_8), from);
    write(from, from.alloc().buffer().writeInt(CONNACK));
  }

  private void subscribed(ChannelHandlerContext from, ByteBuf packet) {
    Door own = Objects.requireNonNull(door);
    doors.put(own.id(), own);
    int head = SUBACK | packet.readUnsignedShort();
    write(from, from.alloc().buffer().writeInt(head).writeByte(GRANTED_QOS_1));
  }

  private void acknowledged(ChannelHandlerContext from, ByteBuf packet) {
    packet.skipBytes(packet.readUnsignedShort());
    write(from, from.alloc().buffer().writeInt(PUBACK | packet.readUnsignedShort()));
    String ack = packet.toString(StandardCharsets.US_ASCII);
    int begin = ack.indexOf(COMMAND) + COMMAND.length();
    Objects.requireNonNull(door).acknowledged(ack.substring(begin, ack.indexOf('"', begin)));
  }

  private static void write(ChannelHandlerContext to, ByteBuf packet) {
    to.writeAndFlush(packet, to.voidPromise());
  }
}
