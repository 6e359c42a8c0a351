package io.vestibule.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.signing.CompactJws;
import io.vestibule.signing.JwsResult;
import io.vestibule.signing.Signer;
import io.vestibule.testing.Keys;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommandSignerTest {
  private static final Instant AT = Instant.parse("2026-11-22T08:00:00.999Z");
  private static final Duration HOLD = Duration.ofSeconds(7);

  private final Signer key = Keys.ed25519();
  private final CommandSigner signer = new CommandSigner(key, "vestibule");

  @Test
  void sign_givesTheClaimsOfTheContract_inWholeSeconds() {
    CompactJws jws = parsed(sign(Duration.ofSeconds(5), HOLD));

    assertThat(jws.signedBy(key.publicKey())).isTrue();
    assertThat(jws.type()).hasValue("command+jwt");
    assertThat(jws.algorithm()).hasValue("EdDSA");
    assertThat(jws.kid()).hasValue(key.publicKey().kid());
    assertThat(jws.payload())
        .hasToString(
            "{\"iss\":\"vestibule\",\"aud\":\"door-1\",\"jti\":\"unlock-1\",\"iat\":1795334400,"
                + "\"exp\":1795334405,\"cmd\":\"unlock\",\"hold\":7}");
  }

  @Test
  void sign_lastingUnderASecond_isABug() {
    assertThatThrownBy(() -> sign(Duration.ofMillis(999), HOLD))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sign(Duration.ofSeconds(5), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String sign(Duration expiresIn, Duration hold) {
    return signer.sign(new UnlockId("unlock-1"), new DoorId("door-1"), AT, expiresIn, hold);
  }

  private static CompactJws parsed(String text) {
    return CompactJws.parse(text.getBytes(UTF_8), 4_096)
        .match(
            JwsResult.Parsed::jws,
            malformed -> {
              throw new AssertionError(malformed.fault());
            });
  }
}
