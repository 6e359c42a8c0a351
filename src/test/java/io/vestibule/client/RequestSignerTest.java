package io.vestibule.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Location;
import io.vestibule.signing.Signer;
import io.vestibule.testing.Keys;
import io.vestibule.unlock.RequestParser;
import io.vestibule.unlock.RequestResult;
import io.vestibule.unlock.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestSignerTest {
  private static final Instant AT = Instant.parse("2026-11-22T08:00:00.7Z");
  private static final Duration LIFE = Duration.ofSeconds(60);
  private static final DoorId DOOR = new DoorId("door-1");
  private static final GrantId GRANT = new GrantId("grant-1");

  @Test
  void sign_withEitherKind_isWhatTheGatewayReads() {
    for (Signer key : List.of(Keys.ed25519(), Keys.p256())) {
      Visit visit = Visit.withParcel(DOOR, GRANT, "hello");

      RequestResult.Parsed parsed = parsed(signer(key).sign(visit, AT, LIFE));

      SignedRequest request = parsed.request();
      assertThat(parsed.verify(Optional.of(key.publicKey()))).isEmpty();
      assertThat(request.courier()).isEqualTo(new CourierId("courier-1"));
      assertThat(request.kid()).isEqualTo(key.publicKey().kid());
      assertThat(request.door()).isEqualTo(DOOR);
      assertThat(request.grant()).isEqualTo(GRANT);
      assertThat(request.issuedAt()).isEqualTo(Instant.parse("2026-11-22T08:00:00Z"));
      assertThat(request.expiresAt()).isEqualTo(Instant.parse("2026-11-22T08:01:00Z"));
      // echo -n hello | sha256sum, in base64url
      assertThat(request.parcel()).hasValue("LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ");
      assertThat(request.geo()).isEmpty();
    }
  }

  @Test
  void sign_withoutLabel_withPlace_saysSo() {
    Location here = new Location(40.7, -74);
    Visit visit = new Visit(DOOR, GRANT, Optional.empty(), Optional.of(here));

    SignedRequest request = parsed(signer(Keys.ed25519()).sign(visit, AT, LIFE)).request();

    assertThat(request.parcel()).isEmpty();
    assertThat(request.geo()).hasValue(here);
  }

  @Test
  void sign_twice_makesTwoAttempts() {
    RequestSigner signer = signer(Keys.ed25519());
    Visit visit = Visit.withParcel(DOOR, GRANT, "hello");

    String first = parsed(signer.sign(visit, AT, LIFE)).request().jti();
    String second = parsed(signer.sign(visit, AT, LIFE)).request().jti();

    assertThat(first).hasSize(22).isNotEqualTo(second);
  }

  private static RequestSigner signer(Signer key) {
    return new RequestSigner(key, new CourierId("courier-1"));
  }

  private static RequestResult.Parsed parsed(String jws) {
    return RequestParser.parse(jws.getBytes(UTF_8))
        .match(
            parsed -> parsed,
            refused -> {
              throw new AssertionError(refused.reason());
            });
  }
}
