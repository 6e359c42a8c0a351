package io.vestibule.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox();
  private final List<String> written = new ArrayList<>();

  @Test
  void messageOfferedWhileDown_goesOutWhenTheLineIsUp() {
    outbox.offer("t", Buffer.buffer("a"));

    outbox.lineUp(this::write);

    assertThat(written).containsExactly("a");
  }

  @Test
  void acknowledgedMessage_isNeverSentAgain() {
    outbox.lineUp(this::write);
    outbox.offer("t", Buffer.buffer("a"));
    outbox.offer("t", Buffer.buffer("b"));
    outbox.acknowledged(1);

    outbox.lineDown();
    outbox.lineUp(this::write);

    assertThat(written).containsExactly("a", "b", "b");
    assertThat(outbox.keptCount()).isEqualTo(1);
  }

  @Test
  void unansweredMessage_isSentAgain() {
    outbox.lineUp(this::write);
    outbox.offer("t", Buffer.buffer("a"));

    outbox.unanswered(1);

    assertThat(written).containsExactly("a", "a");
  }

  @Test
  void windowFull_holdsTheRestBackInOrder() {
    outbox.lineUp(this::write);
    for (int index = 0; index < Outbox.WINDOW_MAX + 2; index++) {
      outbox.offer("t", Buffer.buffer("m" + index));
    }
    assertThat(written).hasSize(Outbox.WINDOW_MAX);

    outbox.acknowledged(3);

    assertThat(written).hasSize(Outbox.WINDOW_MAX + 1).endsWith("m" + Outbox.WINDOW_MAX);
  }

  @Test
  void fullOutbox_refuses() {
    int taken = 0;
    while (outbox.offer("t", Buffer.buffer("a"))) {
      taken++;
    }

    assertThat(taken).isEqualTo(256);
    assertThat(outbox.keptCount()).isEqualTo(256);
  }

  private Future<Integer> write(String topic, Buffer payload) {
    written.add(payload.toString());
    return Future.succeededFuture(written.size());
  }
}
