package io.vestibule.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.testing.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthBoardTest {
  private static final Instant START = Instant.parse("2026-05-04T07:00:00Z");

  private final SimTime time = new SimTime(START);
  private final Map<Dependency, Standing> now = new EnumMap<>(Dependency.class);
  private final HealthBoard board = new HealthBoard(time, sources());

  @Test
  void allUp_isUp() {
    assertThat(board.look().status()).isEqualTo(State.UP);
  }

  @ParameterizedTest
  @EnumSource(Dependency.class)
  void oneDown_isDownOnlyWhereDoorsNeedIt(Dependency dependency) {
    now.put(dependency, Standing.down(Cause.NOT_LISTENING));

    assertThat(board.look().status())
        .isEqualTo(dependency.essential() ? State.DOWN : State.DEGRADED);
  }

  @ParameterizedTest
  @EnumSource(Dependency.class)
  void oneDegraded_isDegraded(Dependency dependency) {
    now.put(dependency, Standing.degraded(Cause.READS_REDIS));

    assertThat(board.look().status()).isEqualTo(State.DEGRADED);
  }

  @Test
  void since_movesWithTheState_andWithNothingElse() {
    assertThat(redis().since()).isEqualTo(START);

    time.advance(Duration.ofSeconds(1));
    assertThat(redis().since()).isEqualTo(START);

    now.put(Dependency.REDIS, Standing.down(Cause.STARTING));
    assertThat(redis().since()).isEqualTo(START.plusSeconds(1));

    time.advance(Duration.ofSeconds(1));
    now.put(Dependency.REDIS, Standing.down(Cause.DRAINING).with("more is known"));
    assertThat(redis().since()).isEqualTo(START.plusSeconds(1));
    assertThat(redis().standing().why()).map(Standing.Why::code).contains("draining");

    now.put(Dependency.REDIS, Standing.up());
    assertThat(redis().since()).isEqualTo(START.plusSeconds(2));
  }

  @Test
  void aDependencyWithoutASource_isNotForgotten() {
    Map<Dependency, Supplier<Standing>> sources = sources();
    sources.remove(Dependency.JWKS);

    assertThatThrownBy(() -> new HealthBoard(time, sources))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JWKS");
  }

  private Health.Seen redis() {
    return board.look().dependencies().stream()
        .filter(seen -> seen.dependency() == Dependency.REDIS)
        .findFirst()
        .orElseThrow();
  }

  private Map<Dependency, Supplier<Standing>> sources() {
    return Stream.of(Dependency.values())
        .collect(
            Collectors.toMap(each -> each, each -> () -> now.getOrDefault(each, Standing.up())));
  }
}
