package io.vestibule.load.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A door on the gateway's plain port, in MQTT 3.1.1 from hand-made packets: it says that it opened
 * as soon as it is commanded, and verifies nothing.
 */
public final class Door implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int CONNECT = 0x10;
  private static final int CONNACK = 0x20;
  private static final int PUBLISH = 0x30;
  private static final int PUBLISH_QOS_1 = 0x32;
  private static final int PUBACK = 0x40;
  private static final int SUBSCRIBE = 0x82;
  private static final int SUBACK = 0x90;

  /** User name, password and clean session. */
  private static final int CONNECT_FLAGS = 0xC2;

  private static final int LEVEL_3_1_1 = 4;

  /** The longest that the protocol knows, 18 h: longer than any run. */
  private static final int KEEP_ALIVE_SECONDS = 0xFFFF;

  private final String id;
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private int lastPacketId;

  private Door(String id, Socket socket) throws IOException {
    this.id = id;
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** One packet: its type, and the octets that follow its length. */
  private static final class Packet {
    final int type;
    final byte[] body;

    Packet(int head, byte[] body) {
      this.type = head & 0xF0;
      this.body = body;
    }
  }

  /** Connected, and subscribed to its commands. */
  public static Door connect(int port, String id, String secret) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    Door door = new Door(id, socket);
    door.connect(secret);
    door.subscribe();
    Thread thread = new Thread(door::serve, "door-" + id);
    thread.setDaemon(true);
    thread.start();
    return door;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void connect(String secret) throws IOException {
    Body body = new Body();
    body.text("MQTT").octet(LEVEL_3_1_1).octet(CONNECT_FLAGS).number(KEEP_ALIVE_SECONDS);
    send(CONNECT, body.text(id).text(id).text(secret));
    expect(CONNACK, 1, 0);
  }

  private void subscribe() throws IOException {
    send(SUBSCRIBE, new Body().number(nextPacketId()).text("door/" + id + "/command").octet(1));
    expect(SUBACK, 2, 1);
  }

  /** The code at that index is how it went: up to the given one well. */
  private void expect(int type, int codeIndex, int codeMax) throws IOException {
    Packet packet = receive();
    if (packet.type != type || (packet.body[codeIndex] & 0xFF) > codeMax) {
      throw new IOException("the gateway refused the door " + id + " on its plain MQTT port");
    }
  }

  private void serve() {
    try {
      while (true) {
        Packet packet = receive();
        if (packet.type == PUBLISH) {
          commanded(packet.body);
        }
      }
    } catch (IOException e) {
      // The end of the run, or of the gateway: a request then says that the door is offline.
    }
  }

  private void commanded(byte[] body) throws IOException {
    int topicEnd = 2 + ((body[0] & 0xFF) << 8 | (body[1] & 0xFF));
    int payloadFrom = topicEnd + 2;
    send(PUBACK, new Body().octet(body[topicEnd]).octet(body[topicEnd + 1]));
    String jws =
        new String(body, payloadFrom, body.length - payloadFrom, StandardCharsets.US_ASCII);
    byte[] claims = Base64.getUrlDecoder().decode(jws.split("\\.")[1]);
    String ack =
        "{\"command\":\"%s\",\"result\":\"opened\",\"at\":%d}"
            .formatted(JSON.readTree(claims).path("jti").asText(), System.currentTimeMillis());
    send(PUBLISH_QOS_1, new Body().text("door/" + id + "/ack").number(nextPacketId()).octets(ack));
  }

  private int nextPacketId() {
    lastPacketId = lastPacketId % 0xFFFF + 1;
    return lastPacketId;
  }

  private void send(int head, Body body) throws IOException {
    byte[] bytes = body.bytes();
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(head);
    for (int rest = bytes.length; ; rest >>= 7) {
      boolean last = rest < 0x80;
      packet.write(last ? rest : (rest & 0x7F) | 0x80);
      if (last) {
        break;
      }
    }
    packet.writeBytes(bytes);
    out.write(packet.toByteArray());
  }

  private Packet receive() throws IOException {
    int head = in.readUnsignedByte();
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while (digit >= 0x80);
    return new Packet(head, in.readNBytes(length));
  }

  /** What a packet carries, being written. */
  private static final class Body {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Body octet(int value) {
      bytes.write(value);
      return this;
    }

    Body number(int value) {
      return octet(value >> 8).octet(value);
    }

    Body octets(String text) {
      bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    /** With its length before it. */
    Body text(String text) {
      return number(text.getBytes(StandardCharsets.UTF_8).length).octets(text);
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
