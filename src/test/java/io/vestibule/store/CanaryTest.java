package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CanaryTest {
  private final Canary canary = new Canary("7", 1_000);

  @Test
  void whatComesBack_provesTheMomentThatItWasSent() {
    String key = canary.fly(2_000).orElseThrow();
    assertThat(canary.provenAtNanos()).isEqualTo(1_000);

    assertThat(canary.returned(key)).isTrue();

    assertThat(canary.provenAtNanos()).isEqualTo(2_000);
  }

  @Test
  void oneAtATime_untilItIsBack() {
    String first = canary.fly(2_000).orElseThrow();
    assertThat(canary.fly(3_000)).isEmpty();

    assertThat(canary.returned(first)).isTrue();

    assertThat(canary.fly(6_000)).isPresent();
  }

  @Test
  void anOldKey_asWhenItExpires_provesNothing() {
    String old = canary.fly(2_000).orElseThrow();
    canary.returned(old);
    canary.fly(9_000);

    assertThat(canary.returned(old)).isFalse();
    assertThat(canary.returned("vd:courier:ana")).isFalse();
    assertThat(canary.provenAtNanos()).isEqualTo(2_000);
  }

  @Test
  void twoOfThem_neverShareAKey_thoughTheirSlotsAreOne() {
    String first = canary.fly(2_000).orElseThrow();
    Canary second = new Canary("7", 1_000);
    second.fly(2_000);

    assertThat(second.returned(first)).isFalse();
  }

  @Test
  void itsKey_isInTheSlotThatItProves_andSortsAfterTheDirectorys() {
    assertThat(canary.fly(0).orElseThrow()).startsWith(Canary.prefix()).endsWith(":{7}");
    assertThat(Keys.directoryPrefixes()).allMatch(prefix -> prefix.compareTo(Canary.prefix()) < 0);
  }

  @Test
  void slots_areThoseOfTheClusterSpecification() {
    // The specification's own check value of its CRC16.
    assertThat(ClusterSlot.ofTag("123456789")).isEqualTo(0x31C3);
    for (int slot = 0; slot < 16_384; slot += 1_023) {
      assertThat(ClusterSlot.ofTag(ClusterSlot.tagOf(slot))).isEqualTo(slot);
    }
  }
}
