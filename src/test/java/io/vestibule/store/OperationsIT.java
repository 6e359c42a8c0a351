package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vestibule.testing.RedisFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured of the operations asked of Redis. */
class OperationsIT {
  private RedisFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new RedisFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void command_isTimedUnderItsName() {
    fixture.command("GET", "k");
    fixture.loop.call(() -> fixture.store.commandDurably("SET", "k", "v"));
    fixture.loop.call(() -> fixture.store.pipelined(List.of(Call.of("GET", "k"))));

    assertThat(count("get")).isEqualTo(2);
    assertThat(count("set")).isEqualTo(1);
    assertThat(seconds("get")).isPositive();
    assertThat(failed("get")).isZero();
  }

  @Test
  void script_isTimedOnce_alsoWhereRedisHadToBeToldItFirst() {
    Script script = Script.load("lockdown_start");
    fixture.command("SCRIPT", "FLUSH");

    fixture.loop.call(
        () -> fixture.store.eval(script, List.of("l", "s"), List.of("{}", "{}", "1000")));
    fixture.loop.call(
        () -> fixture.store.evalDurably(script, List.of("l", "s"), List.of("{}", "{}", "1000")));

    assertThat(count("lockdown_start")).isEqualTo(2);
    assertThat(failed("lockdown_start")).isZero();
  }

  @Test
  void commandWithoutASeries_isTimedAsOther() {
    fixture.command("STRLEN", "k");

    assertThat(count("other")).isEqualTo(1);
  }

  @Test
  void failure_isCountedAndTimedUnderItsOperation() {
    fixture.command("SET", "text", "x");

    fixture.loop.failureOf(() -> fixture.store.command("HGETALL", "text"));

    assertThat(failed("hgetall")).isEqualTo(1);
    assertThat(count("hgetall")).isEqualTo(1);
    assertThat(failed("set")).isZero();
  }

  @Test
  void whatAConnectionAsksForItself_isNoOperation() {
    assertThat(fixture.store.connected()).isTrue();

    assertThat(fixture.registry.get("vestibule.store.operation.duration").timers())
        .allMatch(timer -> timer.count() == 0);
  }

  @Test
  void whatWaits_isCounted_untilItIsAnswered() throws IOException {
    fixture.redis.signal("STOP");
    List<CompletableFuture<Reply>> asked = new ArrayList<>();
    for (int count = 0; count < 7; count++) {
      asked.add(fixture.loop.start(() -> fixture.store.command("GET", "k")));
    }
    fixture.loop.call(Future::<Void>succeededFuture);

    // A ping may wait with them.
    assertThat(fixture.store.waitingCount()).isBetween(7, 8);

    fixture.redis.signal("CONT");
    asked.forEach(io.vestibule.testing.OnLoop::await);
    await().until(() -> fixture.store.waitingCount() == 0);
  }

  @Test
  void whatALostConnectionLeaves_doesNotWaitAnyMore() throws IOException {
    fixture.redis.signal("STOP");
    CompletableFuture<Reply> asked = fixture.loop.start(() -> fixture.store.command("GET", "k"));

    assertThat(asked.handle((reply, cause) -> cause)).succeedsWithin(Duration.ofSeconds(5));

    assertThat(fixture.store.waitingCount()).isZero();
    fixture.redis.signal("CONT");
  }

  @Test
  void connection_isCountedEachTimeItIsMade() throws IOException {
    assertThat(connects()).isEqualTo(1);

    fixture.redis.kill();
    await().atMost(Duration.ofSeconds(5)).until(() -> !fixture.store.connected());
    fixture.redis.restart();

    await().atMost(Duration.ofSeconds(10)).until(fixture.store::connected);
    assertThat(connects()).isEqualTo(2);
  }

  private long count(String operation) {
    return fixture
        .registry
        .get("vestibule.store.operation.duration")
        .tag("operation", operation)
        .timer()
        .count();
  }

  private double seconds(String operation) {
    return fixture
        .registry
        .get("vestibule.store.operation.duration")
        .tag("operation", operation)
        .timer()
        .totalTime(TimeUnit.SECONDS);
  }

  private double failed(String operation) {
    return fixture
        .registry
        .get("vestibule.store.operations.failed")
        .tag("operation", operation)
        .counter()
        .count();
  }

  private double connects() {
    return fixture.registry.get("vestibule.store.connects").counter().count();
  }
}
