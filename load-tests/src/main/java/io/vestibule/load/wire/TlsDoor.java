package io.vestibule.load.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A door on the gateway's TLS port that is connected and subscribed, and neither speaks nor listens
 * after that: it takes no thread.
 *
 * @param secured kept, since a TLS socket that nothing refers to closes its connection
 */
public record TlsDoor(Socket socket, SSLSocket secured) implements AutoCloseable {
  private static final String HOST = "localhost";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The gateway must show a certificate for {@code localhost} that the identity trusts. */
  public static TlsDoor connect(int port, String id, TlsIdentity identity) throws IOException {
    InetSocketAddress gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Socket socket = Tcp.connect(gateway, LIMIT);
    try {
      SSLSocket secured =
          (SSLSocket) identity.context().getSocketFactory().createSocket(socket, HOST, port, true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      MqttLine.connect(secured, id);
      return new TlsDoor(socket, secured);
    } catch (SocketTimeoutException e) {
      socket.close();
      throw Tcp.tooSlow(gateway, "did not answer the door " + id, LIMIT, e);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Without a word: thousands need not wait for what the gateway has to say to that. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
