package io.vestibule.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecoveryTest {
  private static final Grant GRANT = new Grant("g1", "ana", "door-1", 2);
  private static final Spell SPELL = new Spell(FaultKind.REDIS_KILLED, ms(10_000), ms(11_000));

  private final List<Attempt> attempts = new ArrayList<>();

  @Test
  void theFirstOpening_isCountedFromTheFaultsEnd() {
    came(10_500, 10_600, "opened");
    came(10_700, 11_250, "opened");
    came(11_100, 11_300, "opened");

    assertThat(recovery().firstOpenedNanos(SPELL)).hasValue(ms(250));
  }

  @Test
  void withoutAnOpeningAfterIt_thereIsNone() {
    came(10_500, 10_600, "opened");
    came(11_500, 11_600, "store_unavailable");

    assertThat(recovery().firstOpenedNanos(SPELL)).isEmpty();
  }

  @Test
  void itIsSteady_onceAsManyGetInSoonAsInCalmTimes() {
    steadily(0, 10_000, "opened");
    steadily(10_000, 12_000, "store_unavailable");
    steadily(12_000, 16_000, "opened");

    assertThat(recovery().calmShare()).isEqualTo(1);
    assertThat(recovery().steadyNanos(SPELL).orElseThrow()).isBetween(ms(900), ms(1_000));
  }

  @Test
  void whereAnotherGatewayTakesOver_itIsCountedFromTheFaultsBeginning() {
    Spell killed = new Spell(FaultKind.GATEWAY_KILLED, ms(10_000), ms(15_000));
    came(10_100, 10_300, "opened");

    assertThat(new Recovery(attempts, List.of(killed)).firstOpenedNanos(killed)).hasValue(ms(300));
  }

  @Test
  void whoGetsInTooLate_isNotInAsBefore() {
    steadily(0, 10_000, "opened");
    came(11_100, 12_300, "opened");
    steadily(11_700, 14_000, "store_unavailable");

    assertThat(recovery().steadyNanos(SPELL)).isEmpty();
  }

  @Test
  void itIsNotSteady_whenAnotherFaultComesFirst() {
    steadily(0, 10_000, "opened");
    steadily(10_000, 16_000, "store_unavailable");
    Spell next = new Spell(FaultKind.LINE_CUT, ms(12_000), ms(12_500));

    assertThat(new Recovery(attempts, List.of(SPELL, next)).steadyNanos(SPELL)).isEmpty();
  }

  @Test
  void aFaultThatNobodyGotOver_isMissing_whereThereWasTime() {
    steadily(0, 10_000, "opened");
    steadily(10_000, 16_000, "store_unavailable");
    Spell next = new Spell(FaultKind.LINE_CUT, ms(12_000), ms(12_500));

    assertThat(recovery().missing(SPELL)).isTrue();
    assertThat(new Recovery(attempts, List.of(SPELL, next)).missing(SPELL)).isFalse();
  }

  @Test
  void whereNobodyEverGetsIn_nothingIsAsBefore() {
    steadily(0, 16_000, "store_unavailable");

    assertThat(recovery().steadyNanos(SPELL)).isEmpty();
    assertThat(recovery().missing(SPELL)).isTrue();
  }

  @Test
  void aFaultThatCouriersGotOver_isNotMissing() {
    steadily(0, 10_000, "opened");
    steadily(12_000, 16_000, "opened");

    assertThat(recovery().missing(SPELL)).isFalse();
  }

  private Recovery recovery() {
    return new Recovery(attempts, List.of(SPELL));
  }

  private void steadily(long fromMs, long untilMs, String outcome) {
    for (long at = fromMs; at < untilMs; at += 20) {
      came(at, at + 5, outcome);
    }
  }

  private void came(long atMs, long answeredMs, String outcome) {
    Attempt attempt = new Attempt(0, GRANT, new byte[0], ms(atMs));
    attempt.heard(new Answer(outcome, "", Optional.empty(), false, ms(answeredMs)));
    attempts.add(attempt);
  }

  private static long ms(long ms) {
    return Duration.ofMillis(ms).toNanos();
  }
}
