package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.vestibule.load.stage.Target;
import io.vestibule.load.stage.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CallersTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private ServerSocket gateway;
  private Loop loop;

  @BeforeEach
  void listen() throws Exception {
    loop = new Loop();
    gateway = new ServerSocket(0, 2 * Callers.CONNECTIONS, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(this::accept, "accept");
    accepting.setDaemon(true);
    accepting.start();
  }

  @AfterEach
  void close() throws Exception {
    loop.close();
    gateway.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }

  @Test
  void aConnectionThatIsIdleForLong_isGivenUp_andAnotherTakesItsPlace() throws Exception {
    try (Callers callers = Callers.connect(loop, target(), Duration.ZERO)) {
      assertThat(Waiting.until(LIMIT, () -> accepted.size() == Callers.CONNECTIONS)).isTrue();

      ask(callers);

      assertThat(Waiting.until(LIMIT, () -> askedCount() == 1)).isTrue();
      assertThat(Waiting.until(LIMIT, () -> accepted.size() == Callers.CONNECTIONS + 1)).isTrue();
      assertThat(Waiting.until(LIMIT, () -> endedCount() == 1)).isTrue();
    }
  }

  @Test
  void aConnectionThatIsIdleForAShortWhile_isKept() throws Exception {
    try (Callers callers = Callers.connect(loop, target(), Duration.ofHours(1))) {
      ask(callers);

      assertThat(Waiting.until(LIMIT, () -> askedCount() == 1)).isTrue();
      assertThat(accepted).hasSize(Callers.CONNECTIONS);
      assertThat(endedCount()).isZero();
    }
  }

  @Test
  void whatWaitsForAPhaseThatIsOver_isForgotten_andNoOther() throws Exception {
    Unheard over = new Unheard();
    try (Callers callers = Callers.connect(loop, target(), Duration.ofHours(1))) {
      for (int number = 0; number < Callers.CONNECTIONS; number++) {
        ask(callers);
      }
      Caller.Call old = ask(callers, over);
      Caller.Call next = ask(callers, new Unheard());

      loop.call(
          () -> {
            callers.forget(over);
            return over;
          });

      assertThat(old.request().refCnt()).isZero();
      assertThat(next.request().refCnt()).isEqualTo(1);
    }
  }

  private void ask(Callers callers) throws Exception {
    ask(callers, new Unheard());
  }

  private Caller.Call ask(Callers callers, Callers.Listener listener) throws Exception {
    Caller.Call call = new Caller.Call(Unpooled.wrappedBuffer(new byte[] {'?'}), 0, -1, listener);
    return loop.call(
        () -> {
          callers.call(call);
          return call;
        });
  }

  private long askedCount() {
    return accepted.stream().filter(socket -> available(socket) > 0).count();
  }

  /** Of those that were closed by the callers, without a request. */
  private long endedCount() {
    return accepted.stream().filter(CallersTest::ended).count();
  }

  private static int available(Socket socket) {
    try {
      return socket.getInputStream().available();
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean ended(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return available(socket) == 0 && socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private Target target() {
    InetSocketAddress here =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.getLocalPort());
    return new Target("gateway", here, here, Optional.empty(), Path.of("pki"), "token", List.of());
  }

  private void accept() {
    try {
      while (true) {
        accepted.add(gateway.accept());
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private static final class Unheard implements Callers.Listener {
    @Override
    public void answered(Caller.Call call, int status, String body) {}

    @Override
    public void lost(Caller.Call call, String why) {}
  }
}
