package io.vestibule.load.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** One try of a door's connection over TLS, to see whether its certificate is taken. */
public final class TlsProbe {
  private static final byte[] CONNECT_3_1_1 = {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0};

  private TlsProbe() {}

  /**
   * Returns once anything is said to its CONNECT, also that the door is not known yet; fails with
   * {@link javax.net.ssl.SSLException} where one side does not take the other's certificate.
   */
  public static void connect(
      InetSocketAddress address, String id, TlsIdentity identity, Duration limit)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) limit.toMillis());
      socket.setSoTimeout((int) limit.toMillis());
      SSLSocket secured =
          (SSLSocket)
              identity
                  .context()
                  .getSocketFactory()
                  .createSocket(socket, address.getHostString(), address.getPort(), true);
      secured.startHandshake();
      exchange(secured, id);
    }
  }

  /** In TLS 1.3 a certificate is refused after the handshake, and the reason may get lost. */
  private static void exchange(SSLSocket secured, String id) throws IOException {
    try {
      secured.getOutputStream().write(packet(id));
      if (secured.getInputStream().read() < 0) {
        throw new SSLException("closed after the handshake");
      }
    } catch (SocketException e) {
      throw new SSLException("closed after the handshake", e);
    }
  }

  private static byte[] packet(String id) {
    byte[] text = id.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(0x10);
    packet.write(CONNECT_3_1_1.length + 1 + text.length);
    packet.writeBytes(CONNECT_3_1_1);
    packet.write(text.length);
    packet.writeBytes(text);
    return packet.toByteArray();
  }
}
