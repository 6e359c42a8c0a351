package io.vestibule.app.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import io.vestibule.access.DoorId;
import io.vestibule.config.Config;
import io.vestibule.config.ConfigReader;
import io.vestibule.signing.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevPkiTest {
  private static final DoorId DOOR = new DoorId("door-1");
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  @TempDir private Path dir;

  @Test
  void doorCertificate_namesTheDoor_andIsSignedByTheAuthority() throws Exception {
    PkiFiles files = DevPki.create(dir, List.of(DOOR)).files();

    X509Certificate door = certificate(files.door(DOOR));
    assertThat(door.getSubjectX500Principal().getName()).isEqualTo("CN=door-1");
    assertThat(door.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
    assertThat(door.getBasicConstraints()).isEqualTo(-1);
    assertThat(life(door)).isEqualTo(Duration.ofDays(825).plusHours(1));
    validate(door, certificate(files.ca()));
  }

  @Test
  void serverCertificate_holdsThisMachinesNames_andThoseAskedFor() throws Exception {
    PkiRequest request =
        new PkiRequest(dir, List.of(), List.of("gate.example", "192.0.2.7"), false);

    PkiFiles files = DevPki.create(request, count -> {}).files();

    X509Certificate server = certificate(files.server());
    assertThat(server.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "gate.example", "192.0.2.7");
    assertThat(server.getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
    validate(server, certificate(files.ca()));
  }

  @Test
  void authority_maySignOnlyLeaves() throws Exception {
    X509Certificate ca = certificate(DevPki.create(dir, List.of()).files().ca());

    assertThat(ca.getBasicConstraints()).isZero();
    assertThat(ca.getKeyUsage()[5]).as("keyCertSign").isTrue();
    assertThat(life(ca)).isEqualTo(Duration.ofDays(3_650).plusHours(1));
  }

  @Test
  void publicFiles_matchTheirKeys() throws Exception {
    PkiFiles files = DevPki.create(dir, List.of()).files();

    assertThat(JWKSet.load(files.signingJwks().toFile()).getKeys().get(0).getKeyID())
        .isEqualTo(kid(files.signingKey()));
    assertThat(JWKSet.load(files.authJwks().toFile()).getKeys().get(0).getKeyID())
        .isEqualTo(kid(files.authKey()));
    assertThat(OctetKeyPair.parse(Files.readString(files.courierJwk())).getKeyID())
        .isEqualTo(kid(files.courierKey()));
  }

  @Test
  void configuration_isAccepted() throws Exception {
    PkiFiles files = DevPki.create(dir, List.of()).files();

    Config config = new ConfigReader(Map.of(), () -> "node").read(Optional.of(files.config()));

    assertThat(config.redis().embedded()).isTrue();
    assertThat(config.auth().issuer()).isEqualTo(DevPki.ISSUER);
  }

  @Test
  void keyFiles_areReadableByTheirOwnerAlone() throws Exception {
    DevPki.create(dir, List.of(DOOR));

    try (Stream<Path> paths = Files.walk(dir)) {
      assertThat(paths.filter(path -> path.toString().endsWith("-key.pem")))
          .hasSize(6)
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void secondRun_addsOnlyTheMissingDoors() throws Exception {
    DevPki.create(dir, List.of(DOOR));
    Map<Path, String> before = contents();

    PkiReport report = DevPki.create(dir, List.of(DOOR, new DoorId("door-2")));

    assertThat(report.written()).isEmpty();
    assertThat(report.doorsWritten()).isOne();
    Map<Path, String> added = new HashMap<>(contents());
    assertThat(added).containsAllEntriesOf(before);
    added.keySet().removeAll(before.keySet());
    assertThat(added.keySet())
        .containsExactlyInAnyOrder(
            dir.resolve("doors/door-2.pem"), dir.resolve("doors/door-2-key.pem"));
    validate(certificate(dir.resolve("doors/door-2.pem")), certificate(dir.resolve("ca.pem")));
  }

  @Test
  void overwriting_makesEverythingAnew() throws Exception {
    DevPki.create(dir, List.of(DOOR));
    Map<Path, String> before = contents();

    DevPki.create(new PkiRequest(dir, List.of(DOOR), List.of(), true), count -> {});

    assertThat(contents())
        .hasSameSizeAs(before)
        .allSatisfy(
            (path, text) -> {
              if (!path.endsWith("vestibule.yaml")) {
                assertThat(text).isNotEqualTo(before.get(path));
              }
            });
  }

  @Test
  void certificatesWithoutTheirAuthority_areLeftAlone() throws Exception {
    PkiFiles files = DevPki.create(dir, List.of(DOOR)).files();
    Files.delete(files.ca());
    Files.delete(files.caKey());
    Map<Path, String> before = contents();

    assertThatThrownBy(() -> DevPki.create(dir, List.of(DOOR)))
        .isInstanceOf(PkiFailed.class)
        .hasMessage(dir + " holds certificates but not their ca.pem; name another, or add --force");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void halfAPair_isLeftAlone() throws Exception {
    PkiFiles files = DevPki.create(dir, List.of(DOOR)).files();
    Files.delete(files.doorKey(DOOR));

    assertThatThrownBy(() -> DevPki.create(dir, List.of(DOOR)))
        .isInstanceOf(PkiFailed.class)
        .hasMessage(
            files.door(DOOR) + " is there without door-1-key.pem; remove it, or add --force");
  }

  @Test
  void directoryThatCannotBe_isNamed() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));

    assertThatThrownBy(() -> DevPki.create(file, List.of()))
        .isInstanceOf(PkiFailed.class)
        .hasMessageStartingWith("cannot write in " + file);
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(dir)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        contents.put(path, Files.readString(path));
      }
    }
    return contents;
  }

  private static String kid(Path keyFile) throws Exception {
    return Signer.fromPem(Files.readString(keyFile)).publicKey().kid();
  }

  private static Duration life(X509Certificate certificate) {
    return Duration.between(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  private static X509Certificate certificate(Path file) throws Exception {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static void validate(X509Certificate leaf, X509Certificate ca) throws Exception {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    parameters.setRevocationEnabled(false);
    var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf));
    assertThat(CertPathValidator.getInstance("PKIX").validate(path, parameters)).isNotNull();
  }
}
