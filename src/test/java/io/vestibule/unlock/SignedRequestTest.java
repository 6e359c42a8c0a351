package io.vestibule.unlock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Reason;
import io.vestibule.signing.Algorithm;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignedRequestTest {
  private static final Instant ISSUED = Instant.parse("2026-11-22T08:00:00Z");
  private static final Instant EXPIRES = ISSUED.plusSeconds(60);

  private final SignedRequest request =
      new SignedRequest(
          new CourierId("c"),
          "kid",
          Algorithm.EDDSA,
          new DoorId("d"),
          "0123456789abcdef",
          ISSUED,
          EXPIRES,
          new GrantId("g"),
          Optional.empty(),
          Optional.empty(),
          new RequestHash(new byte[0]));

  @Test
  void validity_upToFiveSecondsEarly_holds() {
    assertThat(request.validity(ISSUED.minusSeconds(5))).isEmpty();
    assertThat(request.validity(ISSUED.minusSeconds(5).minusMillis(1)))
        .hasValue(Reason.NOT_YET_VALID);
  }

  @Test
  void validity_upToFiveSecondsLate_holds_andEndsThere() {
    assertThat(request.validity(EXPIRES)).isEmpty();
    assertThat(request.validity(EXPIRES.plusSeconds(5).minusMillis(1))).isEmpty();
    assertThat(request.validity(EXPIRES.plusSeconds(5))).hasValue(Reason.EXPIRED);
  }
}
