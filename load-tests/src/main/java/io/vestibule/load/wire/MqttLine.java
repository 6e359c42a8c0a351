package io.vestibule.load.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A door's connection to the gateway, in MQTT 3.1.1 from hand-made packets. One thread may receive
 * while any others send.
 */
public final class MqttLine implements AutoCloseable {
  private static final int CONNECT = 0x10;
  private static final int CONNACK = 0x20;
  private static final int PUBLISH = 0x30;
  private static final int PUBLISH_QOS_1 = 0x32;
  private static final int PUBACK = 0x40;
  private static final int SUBSCRIBE = 0x82;
  private static final int SUBACK = 0x90;
  private static final int PINGREQ = 0xC0;

  private static final int CLEAN_SESSION = 0x02;
  private static final int USER_NAME_AND_PASSWORD = 0xC0;

  private static final int LEVEL_3_1_1 = 4;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** The longest that the protocol knows, 18 h: longer than any run. */
  private static final int KEEP_ALIVE_SECONDS = 0xFFFF;

  private final String id;
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private int lastPacketId;

  private MqttLine(String id, Socket socket) throws IOException {
    this.id = id;
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = socket.getOutputStream();
  }

  /** One packet: its type, and the octets that follow its length. */
  public static final class Packet {
    private final int type;
    private final byte[] body;

    private Packet(int head, byte[] body) {
      this.type = head & 0xF0;
      this.body = body;
    }

    public boolean publish() {
      return type == PUBLISH;
    }

    public boolean puback() {
      return type == PUBACK;
    }

    /** Of a PUBACK, or of a PUBLISH with QoS 1. */
    public int packetId() {
      int at = publish() ? 2 + number(0) : 0;
      return number(at);
    }

    /** Of a PUBLISH with QoS 1. */
    public String payload() {
      int from = 2 + number(0) + 2;
      return new String(body, from, body.length - from, StandardCharsets.UTF_8);
    }

    private int number(int at) {
      return (body[at] & 0xFF) << 8 | (body[at + 1] & 0xFF);
    }
  }

  /**
   * Connected to the plain port, and subscribed to the door's commands.
   *
   * @param silenceMaxMs the longest that the gateway may say nothing; 0 for any time
   */
  public static MqttLine connect(int port, String id, String secret, int silenceMaxMs)
      throws IOException {
    return connect(port, id, secret, silenceMaxMs, LIMIT);
  }

  /**
   * The same.
   *
   * @param limit of each answer until it is subscribed
   */
  static MqttLine connect(int port, String id, String secret, int silenceMaxMs, Duration limit)
      throws IOException {
    InetSocketAddress gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Socket socket = Tcp.connect(gateway, limit);
    try {
      MqttLine line = new MqttLine(id, socket);
      line.connect(
          USER_NAME_AND_PASSWORD | CLEAN_SESSION, new Body().text(id).text(id).text(secret));
      line.subscribe();
      socket.setSoTimeout(silenceMaxMs);
      return line;
    } catch (SocketTimeoutException e) {
      socket.close();
      throw Tcp.tooSlow(gateway, "did not answer the door " + id, limit, e);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** The same over a connection whose certificate says which door it is; the caller closes it. */
  public static MqttLine connect(Socket socket, String id) throws IOException {
    MqttLine line = new MqttLine(id, socket);
    line.connect(CLEAN_SESSION, new Body().text(id));
    line.subscribe();
    return line;
  }

  /** To a topic of the door's own, with QoS 1; the packet id is the caller's. */
  public void publish(String leaf, int packetId, String payload) throws IOException {
    send(
        PUBLISH_QOS_1, new Body().text("door/" + id + "/" + leaf).number(packetId).octets(payload));
  }

  /** Says that a PUBLISH has come. */
  public void acknowledge(Packet publish) throws IOException {
    send(PUBACK, new Body().number(publish.packetId()));
  }

  /** The gateway answers; so a silent gateway is one that does not run. */
  public void ping() throws IOException {
    send(PINGREQ, new Body());
  }

  /** Unused on this connection for the last 65,534 publishes. */
  public synchronized int nextPacketId() {
    lastPacketId = lastPacketId % 0xFFFF + 1;
    return lastPacketId;
  }

  /** Waits for the next one. */
  public Packet receive() throws IOException {
    int head = in.readUnsignedByte();
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while (digit >= 0x80);
    byte[] body = new byte[length];
    in.readFully(body);
    return new Packet(head, body);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void connect(int flags, Body who) throws IOException {
    Body body = new Body();
    body.text("MQTT").octet(LEVEL_3_1_1).octet(flags).number(KEEP_ALIVE_SECONDS);
    send(CONNECT, body.octets(who));
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
      throw new IOException("the gateway refused the door " + id + " on its MQTT port");
    }
  }

  private synchronized void send(int head, Body body) throws IOException {
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

    Body octets(Body more) {
      bytes.writeBytes(more.bytes());
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
