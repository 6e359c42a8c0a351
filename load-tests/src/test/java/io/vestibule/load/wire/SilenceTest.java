package io.vestibule.load.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A gateway that takes connections, or does not even that, and says nothing. No interrupt wakes who
 * reads from a socket, so the limit is kept from beside the thread that does.
 */
@Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SilenceTest {
  private static final Duration LIMIT = Duration.ofMillis(50);

  private ServerSocket silent;

  @BeforeEach
  void listen() throws Exception {
    silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws Exception {
    silent.close();
  }

  @Test
  void anHttpAnswerThatDoesNotCome_isNamed() throws Exception {
    try (HttpConnection connection = new HttpConnection(address(), LIMIT)) {
      assertThatThrownBy(() -> connection.exchange(HttpRequest.get("/metrics")))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(name() + " did not answer within");
    }
  }

  @Test
  void aConnectionThatIsNotTaken_isNamed() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try {
      assertThatThrownBy(() -> fill(waiting))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(name() + " took no connection within");
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void aDoorsConnectThatIsNotAnswered_isNamed_alsoWhereSilenceIsAllowedLater() {
    assertThatThrownBy(() -> MqttLine.connect(silent.getLocalPort(), "door-1", "secret", 0, LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(name() + " did not answer the door door-1 within");
  }

  /** Nobody accepts them: the kernel takes a few, and then none. */
  private void fill(List<Socket> waiting) throws IOException {
    for (int number = 0; number < 10; number++) {
      waiting.add(Tcp.connect(address(), LIMIT));
    }
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort());
  }

  private String name() {
    return address().getHostString() + ":" + silent.getLocalPort();
  }
}
