package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over a connection that a test answers by hand. */
final class ConfirmationsTest {
  private final List<Promise<Response>> asked = new ArrayList<>();
  private final Confirmations confirmations =
      new Confirmations(Confirming.REPLICA, Duration.ofSeconds(1), this::send);

  @Test
  void write_isAnsweredOnlyOnceAReplicaHasIt() {
    Future<Response> write = confirmations.send(Request.cmd(Command.SET));

    answer(0, 7);
    assertThat(write.isComplete()).isFalse();
    answer(1, 1);

    assertThat(write.result().toLong()).isEqualTo(7);
  }

  @Test
  void writeThatNoReplicaHas_isNotDurable() {
    Future<Response> write = confirmations.send(Request.cmd(Command.SET));

    answer(0, 7);
    answer(1, 0);

    assertThat(FailureCause.of(write.cause())).isEqualTo(FailureCause.NOT_DURABLE);
  }

  @Test
  void writesBehindAQuestion_areNotConfirmedByIt_andShareTheNext() {
    Future<Response> first = confirmations.send(Request.cmd(Command.SET));
    Future<Response> second = confirmations.send(Request.cmd(Command.SET));
    Future<Response> third = confirmations.send(Request.cmd(Command.SET));
    assertThat(asked).as("a write, a question, two writes").hasSize(4);

    answer(0, 1);
    answer(2, 2);
    answer(3, 3);
    answer(1, 1);
    assertThat(first.succeeded()).isTrue();
    assertThat(second.isComplete()).isFalse();
    assertThat(asked).hasSize(5);
    answer(4, 1);

    assertThat(second.result().toLong()).isEqualTo(2);
    assertThat(third.result().toLong()).isEqualTo(3);
  }

  @Test
  void writeThatFails_failsAtOnce() {
    Future<Response> write = confirmations.send(Request.cmd(Command.SET));

    asked.get(0).fail(ErrorType.create("OOM command not allowed"));

    assertThat(FailureCause.of(write.cause())).isEqualTo(FailureCause.OUT_OF_MEMORY);
  }

  @Test
  void connectionThatEnds_failsWhatWaitsForTheNextQuestionToo() {
    Future<Response> first = confirmations.send(Request.cmd(Command.SET));
    Future<Response> second = confirmations.send(Request.cmd(Command.SET));
    answer(0, 1);
    answer(2, 2);

    asked.get(1).fail(new LinkFailure(FailureCause.UNREACHABLE, "connection closed"));

    assertThat(first.failed()).isTrue();
    assertThat(second.failed()).isTrue();
    assertThat(asked).as("nothing is asked of a connection that ended").hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "0, false"})
  void disk_isAskedOfThePrimaryAlone(long synced, boolean given) {
    Request question = Confirming.DISK.ask(Duration.ofMillis(1_500));
    MultiType answer = MultiType.create(2, false);
    answer.add(NumberType.create(synced));
    answer.add(NumberType.create(0));

    assertThat(question.toString().lines().filter(line -> !line.matches("[*$].*")))
        .containsExactly("WAITAOF", "1", "0", "1500");
    assertThat(Confirming.DISK.given(answer)).isEqualTo(given);
  }

  private Future<Response> send(Request request) {
    Promise<Response> reply = Promise.promise();
    asked.add(reply);
    return reply.future();
  }

  private void answer(int index, long number) {
    asked.get(index).complete(NumberType.create(number));
  }
}
