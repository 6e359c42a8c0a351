package io.vestibule.load.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RevocationTest {
  @Test
  void moreChanges_haveMoreTime() {
    assertThat(new Revocation(100_000, 0).limit()).isGreaterThan(Duration.ofHours(5));
    assertThat(new Revocation(1_000, 0).limit()).isLessThan(Duration.ofHours(1));
  }
}
