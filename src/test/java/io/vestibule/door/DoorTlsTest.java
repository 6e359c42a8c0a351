package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.access.DoorId;
import io.vestibule.config.MqttConfig;
import io.vestibule.testing.TestPki;
import io.vestibule.testing.TestPki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the TLS port, and what certificates say. */
class DoorTlsTest {
  @TempDir Path directory;
  private TestPki pki;

  @BeforeEach
  void make() {
    pki = new TestPki(directory);
  }

  // A resumed session verifies nothing again, so CONNECT asks for itself.
  @Test
  void revocations_knowTheRevokedAlone() {
    Identity revoked = pki.issue("CN=d1", Duration.ofDays(1));
    Identity good = pki.issue("CN=d1", Duration.ofDays(1));

    Revocations revocations = load(pki.revoke(revoked)).revocations();

    assertThat(revocations.revoked(revoked.certificate())).isTrue();
    assertThat(revocations.revoked(good.certificate())).isFalse();
  }

  @Test
  void listsOfSeveralAuthorities_eachCount() throws IOException {
    TestPki next = new TestPki(Files.createDirectory(directory.resolve("next")));
    Identity old = pki.issue("CN=d1", Duration.ofDays(1));
    next.issue("CN=d1", Duration.ofDays(1));
    Identity young = next.issue("CN=d1", Duration.ofDays(1));
    Path authorities = joined("cas.pem", pki.file("ca.pem"), next.file("ca.pem"));
    Path crls = joined("crls.pem", pki.revoke(old), next.revoke(young));

    Revocations revocations = load(authorities, crls).revocations();

    assertThat(revocations.revoked(old.certificate())).isTrue();
    assertThat(revocations.revoked(young.certificate())).isTrue();
    assertThatThrownBy(() -> load(crls)).isInstanceOf(DoorServerFailed.class);
  }

  @Test
  void crl_ofAnotherAuthorityOrEmpty_isNotTaken() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path foreign = new TestPki(elsewhere).revoke();
    Path empty = Files.writeString(directory.resolve("empty.pem"), "");

    for (Path crl : new Path[] {foreign, empty}) {
      assertThatThrownBy(() -> load(crl))
          .isInstanceOf(DoorServerFailed.class)
          .hasMessageContaining("mqtt.tls.crl " + crl);
    }
  }

  @Test
  void identity_isTheOnlyCommonName() {
    assertThat(identity("C=US,O=Lobby\\, Inc.,CN=d1")).contains(new DoorId("d1"));
    assertThat(identity("CN=d1,OU=CN\\=d2")).contains(new DoorId("d1"));
    assertThat(identity("O=d1")).isEmpty();
    assertThat(identity("CN=d1,CN=d1")).isEmpty();
    assertThat(identity("CN=d1+CN=d2")).isEmpty();
    assertThat(identity("CN=../d1")).isEmpty();
  }

  private Optional<DoorId> identity(String subject) {
    return DoorIdentity.of(pki.issue(subject, Duration.ofDays(1)).certificate());
  }

  private DoorTls load(Path crl) {
    return load(pki.file("ca.pem"), crl);
  }

  private DoorTls load(Path authorities, Path crl) {
    return DoorTls.load(
        new MqttConfig.Tls(
            0, pki.file("server.pem"), pki.file("server.key"), authorities, Optional.of(crl)));
  }

  private Path joined(String name, Path first, Path second) throws IOException {
    return Files.writeString(
        directory.resolve(name), Files.readString(first) + Files.readString(second));
  }
}
