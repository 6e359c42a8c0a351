package io.vestibule.load.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class LineTest {
  private static final int SHORT_MS = 100;

  private ServerSocket redis;
  private Line line;
  private Socket near;
  private Socket far;

  @BeforeEach
  void connect() throws Exception {
    redis = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    line = new Line(redis.getLocalPort());
    near = new Socket(InetAddress.getLoopbackAddress(), line.port());
    far = redis.accept();
  }

  @AfterEach
  void end() throws IOException {
    line.close();
    redis.close();
  }

  @Test
  void whatIsSaid_arrives_bothWays() throws IOException {
    near.getOutputStream().write(7);
    far.getOutputStream().write(8);

    assertThat(far.getInputStream().read()).isEqualTo(7);
    assertThat(near.getInputStream().read()).isEqualTo(8);
  }

  @Test
  void whatIsHeld_arrivesOnceRestored_alsoWhenWhoSaidItHasGone() throws IOException {
    line.hold();
    near.getOutputStream().write(7);
    near.close();
    far.setSoTimeout(SHORT_MS);
    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> far.getInputStream().read());

    line.restore();

    far.setSoTimeout(0);
    assertThat(far.getInputStream().read()).isEqualTo(7);
    assertThat(far.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void whatIsSlow_isLate() throws IOException {
    line.slow(Duration.ofMillis(SHORT_MS));
    long from = System.nanoTime();

    near.getOutputStream().write(7);

    assertThat(far.getInputStream().read()).isEqualTo(7);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(90));
  }

  @Test
  void whatIsCut_endsForBoth_andNothingIsConnectedUntilItIsRestored() throws IOException {
    line.cut();

    assertThat(ended(near)).isTrue();
    assertThat(ended(far)).isTrue();
    try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
      assertThat(ended(refused)).isTrue();
    }

    line.restore();
    try (Socket again = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
      again.getOutputStream().write(9);
      assertThat(accepted().getInputStream().read()).isEqualTo(9);
    }
  }

  /** The one that was refused reached Redis before it was ended. */
  private Socket accepted() throws IOException {
    Socket first = redis.accept();
    return ended(first) ? redis.accept() : first;
  }

  private static boolean ended(Socket socket) {
    try {
      socket.setSoTimeout(SHORT_MS);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
