package io.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.door.DoorLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API leaves the descriptors to doors. */
class LimitsTest {
  @Test
  void twentyThousandDescriptors_areEnoughForNineteenThousandDoors() {
    assertThat(doorCountMax(20_000)).isEqualTo(19_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_024, 4_096, 20_000, 1_048_576})
  void bothTogether_areFewerThanThereAre(int descriptorsMax) {
    int connectionCountMax = Limits.standard(descriptorsMax).connectionCountMax();

    assertThat(connectionCountMax).isBetween(25, 2_000);
    assertThat(doorCountMax(descriptorsMax) + connectionCountMax).isLessThan(descriptorsMax);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_024, 4_096, 20_000, 80_000, 1_048_576})
  void handshakesThatStall_leaveDescriptorsToManagementAndRedis(int descriptorsMax) {
    Limits api = Limits.standard(descriptorsMax);

    assertThat(
            descriptorsMax
                - doorCountMax(descriptorsMax)
                - api.connectionCountMax()
                - api.handshakeCountMax())
        .isGreaterThan(ManagementServer.CONNECTION_COUNT_MAX);
  }

  private static int doorCountMax(int descriptorsMax) {
    return DoorLimits.standard(
            descriptorsMax - Limits.standard(descriptorsMax).connectionCountMax())
        .connectionsMax();
  }
}
