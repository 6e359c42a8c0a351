package io.vestibule.load.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SightingTest {
  private static final String ACCEPTED = "door_offline";
  private static final String REFUSED = "lockdown";
  private static final Change.Target TARGET = new Change.Target(0, "door", "none", ACCEPTED);
  private static final Sighting.Moment CHANGE = new Sighting.Moment(100, 100, 140);

  @Test
  void theTime_runsFromSendingTheChange_toTheFirstRefusalsAnswer() {
    Sighting sighting =
        sighting(probe(90, 110, ACCEPTED), probe(111, 150, REFUSED), probe(151, 160, REFUSED));

    assertThat(sighting).isEqualTo(new Sighting(Optional.of(50L), 0, 0, List.of()));
  }

  @Test
  void whatWasSentBeforeTheAnswerToTheChange_mayBeAccepted_andLaterMayNot() {
    Sighting sighting =
        sighting(probe(130, 145, ACCEPTED), probe(146, 150, ACCEPTED), probe(151, 160, REFUSED));

    assertThat(sighting.acceptedAfterAnswerCount()).isEqualTo(1);
    assertThat(sighting.acceptedAfterRefusalCount()).isZero();
  }

  @Test
  void anAcceptanceAfterARefusal_isCounted() {
    Sighting sighting =
        sighting(probe(105, 120, REFUSED), probe(121, 130, ACCEPTED), probe(131, 139, REFUSED));

    assertThat(sighting.acceptedAfterRefusalCount()).isEqualTo(1);
    assertThat(sighting.acceptedAfterAnswerCount()).isZero();
  }

  @Test
  void noRefusal_isNoTime() {
    assertThat(sighting(probe(150, 160, ACCEPTED)).refusedAfterNanos()).isEmpty();
  }

  @Test
  void otherOutcomes_andARefusalBeforeTheChange_areForeign() {
    Sighting sighting =
        sighting(
            probe(80, 90, REFUSED), probe(105, 115, "store_unavailable"), probe(121, 130, REFUSED));

    assertThat(sighting.foreignOutcomes()).containsExactly(REFUSED, "store_unavailable");
    assertThat(sighting.refusedAfterNanos()).contains(30L);
  }

  private static Sighting sighting(Probe... probes) {
    return Sighting.of(List.of(probes), CHANGE, TARGET, REFUSED);
  }

  private static Probe probe(long sentAt, long answeredAt, String outcome) {
    return new Probe(sentAt, answeredAt, outcome);
  }
}
