package io.vestibule.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A door that writes its packets by hand, so that they can be wrong. */
public final class RawDoor implements AutoCloseable {
  private static final int WAIT_MS = 5_000;

  private final Socket socket;
  private final DataInputStream in;

  /** The first byte of a packet and what follows its length. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
  public record Packet(int first, byte[] body) {
    public int type() {
      return first >> 4;
    }

    public String hex() {
      return HexFormat.of().formatHex(new byte[] {(byte) first})
          + ":"
          + HexFormat.of().formatHex(body);
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  public RawDoor(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(WAIT_MS);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
  }

  public static RawDoor plain(int port) throws IOException {
    return new RawDoor(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** All in one write, hence in one segment. */
  public RawDoor send(byte[]... packets) throws IOException {
    socket.getOutputStream().write(join(packets));
    socket.getOutputStream().flush();
    return this;
  }

  public RawDoor sendHex(String hex) throws IOException {
    return send(HexFormat.ofDelimiter(" ").parseHex(hex));
  }

  /** The FIN follows what was sent. */
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  public Packet read() throws IOException {
    int first = in.readUnsignedByte();
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 127) << shift;
      shift += 7;
    } while ((digit & 128) != 0);
    byte[] body = new byte[length];
    in.readFully(body);
    return new Packet(first, body);
  }

  /** Whether the gateway closes the connection, whatever it says before. */
  public boolean closed() throws IOException {
    try {
      while (true) {
        read();
      }
    } catch (EOFException | SocketException e) {
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** Whether nothing comes within a short while. */
  public boolean silent() throws IOException {
    socket.setSoTimeout(200);
    try {
      read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(WAIT_MS);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  public static byte[] connect(int version, String id, String password, int keepAlive) {
    boolean withPassword = !password.isEmpty();
    return packet(
        0x10,
        string("MQTT"),
        new byte[] {
          (byte) version,
          (byte) (withPassword ? 0xc2 : 0x02),
          (byte) (keepAlive >> 8),
          (byte) keepAlive
        },
        noProperties(version),
        string(id),
        withPassword ? string(id) : new byte[0],
        withPassword ? string(password) : new byte[0]);
  }

  public static byte[] subscribe(int version, int packetId, String filter, int qos) {
    return packet(
        0x82, number(packetId), noProperties(version), string(filter), new byte[] {(byte) qos});
  }

  public static byte[] publish(int version, int flags, int packetId, String topic, String payload) {
    boolean withId = (flags & 0x06) != 0;
    return packet(
        0x30 | flags,
        string(topic),
        withId ? number(packetId) : new byte[0],
        noProperties(version),
        payload.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] puback(int packetId) {
    return packet(0x40, number(packetId));
  }

  public static byte[] packet(int first, byte[]... parts) {
    byte[] body = join(parts);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int length = body.length;
    do {
      out.write(length > 127 ? (length & 127) | 128 : length);
      length >>= 7;
    } while (length > 0);
    out.writeBytes(body);
    return out.toByteArray();
  }

  public static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return join(number(bytes.length), bytes);
  }

  public static byte[] number(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  private static byte[] noProperties(int version) {
    return version == 5 ? new byte[] {0} : new byte[0];
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      try {
        out.write(part);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return out.toByteArray();
  }
}
