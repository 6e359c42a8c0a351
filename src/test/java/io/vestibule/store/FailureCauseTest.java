package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Tag;
import io.vestibule.testing.SimTime;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailureCauseTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WRONGTYPE Operation against a key holding the wrong kind of value|WRONG_TYPE",
        "WRONGTYPE Operation against a key script: f1, on @user_script:12.|WRONG_TYPE",
        "UNREADABLE no number: used script: f1, on @user_script:9.|UNREADABLE",
        "ERR user_script:4: attempt to compare nil with number script: f1|SCRIPT_FAILED",
        "ERR Error running script: Script killed by user with SCRIPT KILL. user_script:1|SCRIPT_KILLED",
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL|SCRIPT_BUSY",
        "OOM command not allowed when used memory > 'maxmemory'.|OUT_OF_MEMORY",
        "OOM command not allowed script: f1, on @user_script:3.|OUT_OF_MEMORY",
        "READONLY You can't write against a read only replica.|READ_ONLY",
        "LOADING Redis is loading the dataset in memory|LOADING",
        "MASTERDOWN Link with MASTER is down|LOADING",
        "NOAUTH Authentication required.|NOT_AUTHORIZED",
        "WRONGPASS invalid username-password pair|NOT_AUTHORIZED",
        "NOPERM this user has no permissions to run the 'set' command|NOT_AUTHORIZED",
        "ERR The user executing the script can't run this command or subcommand script: f1|NOT_AUTHORIZED",
        "ERR The user executing the script can't access at least one of the keys mentioned in the command arguments script: f1|NOT_AUTHORIZED",
        "MOVED 3999 127.0.0.1:6381|SLOT_MOVED",
        "CLUSTERDOWN Hash slot not served|SLOT_MOVED",
        "MISCONF Redis is configured to save RDB snapshots|NOT_PERSISTING",
        "NOREPLICAS Not enough good replicas to write.|TOO_FEW_REPLICAS",
        "CONNECTION_CLOSED|UNREACHABLE",
        "ERR unknown command|OTHER",
      })
  void errorReply_hasItsCause(String reply, FailureCause cause) {
    assertThat(new StoreUnavailable("GET", ErrorType.create(reply)).why()).isEqualTo(cause);
  }

  @Test
  void whatIsNoReply_isTimeOrConnection() {
    assertThat(FailureCause.of(new TimeoutException())).isEqualTo(FailureCause.TIMED_OUT);
    assertThat(FailureCause.of(new IOException("reset"))).isEqualTo(FailureCause.UNREACHABLE);
    assertThat(FailureCause.of(new UnreadableValue("odd"))).isEqualTo(FailureCause.UNREADABLE);
  }

  @Test
  void everyCause_isAValueOfTheMetric() {
    assertThat(Tag.STORE_CAUSE.all())
        .containsExactlyElementsOf(
            Arrays.stream(FailureCause.values()).map(FailureCause::code).toList());
  }

  @Test
  void everyCause_isCountedByItself() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Failures failures = new Failures("redis", new SimTime(Instant.EPOCH), new Meters(registry));

    failures.of("SET", ErrorType.create("OOM command not allowed"));

    assertThat(count(registry, "out_of_memory")).isEqualTo(1);
    assertThat(count(registry, "other")).isZero();
  }

  private static double count(SimpleMeterRegistry registry, String cause) {
    return registry.get("vestibule.store.failures").tag("cause", cause).counter().count();
  }
}
