package io.vestibule.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.vestibule.json.Json;
import io.vestibule.testing.Keys;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProvidersTest {
  private static final byte[] INPUT = "input".getBytes(StandardCharsets.UTF_8);

  @Test
  void install_twice_namesTheSameProvider_andRegistersItOnce() {
    CryptoProvider first = Providers.install();
    CryptoProvider second = Providers.install();

    assertThat(second).isEqualTo(first);
    assertThat(Security.getProviders())
        .filteredOn(provider -> provider.getName().equals(first.jceName()))
        .hasSize(1);
  }

  @Test
  void install_whereTheNativeLibraryLoads_putsCorrettoFirst() {
    boolean loads = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null;

    assertThat(Providers.install())
        .isEqualTo(loads ? CryptoProvider.CORRETTO : CryptoProvider.BOUNCY_CASTLE);
    if (loads) {
      assertThat(Security.getProviders()[0].getName()).isEqualTo("AmazonCorrettoCryptoProvider");
    }
  }

  /** The build runs these tests once with each provider, and says with which. */
  @Test
  void install_choosesTheProviderThatTheRunIsAbout() {
    String chosen = Providers.install().code();

    assertThat(chosen).isEqualTo(System.getProperty("vestibule.signing.provider", chosen));
  }

  @ParameterizedTest
  @EnumSource
  void signature_ofEitherProvider_isNeverTheJdks(Algorithm algorithm) {
    Set<String> ours = Set.of("AmazonCorrettoCryptoProvider", "BC");

    for (Jce jce : new Jce[] {Providers.installed(), Providers.bouncyCastle()}) {
      String used = jce.signature(algorithm).getProvider().getName();

      assertThat(used).isIn(ours).isEqualTo(jce.name().jceName());
    }
  }

  @ParameterizedTest
  @EnumSource
  void bouncyCastle_verifiesWhatTheInstalledProviderSigned(Algorithm algorithm) {
    Signer signer = algorithm == Algorithm.EDDSA ? Keys.ed25519() : Keys.p256();
    String jws = signer.sign("t", Json.object());
    byte[] input = jws.substring(0, jws.lastIndexOf('.')).getBytes(StandardCharsets.UTF_8);
    byte[] signature = Base64Url.decode(jws.substring(jws.lastIndexOf('.') + 1)).orElseThrow();
    Jce bouncyCastle = Providers.bouncyCastle();
    VerificationKey key =
        new VerificationKey(
            "",
            algorithm,
            bouncyCastle.publicKey(algorithm, signer.publicKey().key().getEncoded()));

    assertThat(bouncyCastle.verifies(key, input, input.length, signature)).isTrue();
    assertThat(bouncyCastle.verifies(key, INPUT, INPUT.length, signature)).isFalse();
    assertThat(bouncyCastle.verifies(key, input, input.length, filled(1))).isFalse();
    assertThat(bouncyCastle.verifies(key, input, input.length, new byte[64])).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void installedProvider_verifiesWhatBouncyCastleSigned(Algorithm algorithm) {
    var pair =
        algorithm == Algorithm.EDDSA ? Keys.pair("Ed25519", "") : Keys.pair("EC", "secp256r1");
    Jce bouncyCastle = Providers.bouncyCastle();
    byte[] signature =
        bouncyCastle.sign(
            algorithm, bouncyCastle.privateKey(algorithm, pair.getPrivate().getEncoded()), INPUT);

    assertThat(signature).hasSize(64);
    assertThat(VerificationKey.of(algorithm, pair.getPublic()).verifies(INPUT, signature)).isTrue();
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[64];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
