package io.vestibule.load.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Connections that are made in time or not at all. */
final class Tcp {
  private Tcp() {}

  /** Connected, and no read on it waits for longer either; one that is too slow is named. */
  static Socket connect(InetSocketAddress address, Duration limit) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) limit.toMillis());
      socket.connect(address, (int) limit.toMillis());
      return socket;
    } catch (SocketTimeoutException e) {
      socket.close();
      throw tooSlow(address, "took no connection", limit, e);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  static IOException tooSlow(
      InetSocketAddress address, String how, Duration limit, SocketTimeoutException e) {
    return new IOException(
        "%s:%d %s within %d s"
            .formatted(address.getHostString(), address.getPort(), how, limit.toSeconds()),
        e);
  }
}
