package io.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.vestibule.access.DoorId;
import io.vestibule.app.pki.DevPki;
import io.vestibule.app.pki.PkiFiles;
import io.vestibule.config.Config;
import io.vestibule.demo.DemoOptions;
import io.vestibule.unlock.RequestParser;
import io.vestibule.unlock.RequestResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineRunTest {
  @TempDir private static Path dir;
  private static PkiFiles files = new PkiFiles(Path.of(""));

  private final List<Object> started = new ArrayList<>();

  @BeforeAll
  static void makePki() throws Exception {
    files = DevPki.create(dir.resolve("pki"), List.of(new DoorId("door-1"))).files();
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "health", "demo", "doors", "pki", "token", "request"})
  void help_tellsUsageAndAnExample(String command) {
    Ended ended = run(command, "--help");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("Usage: vestibule " + command, "Example:");
    assertThat(ended.err()).isEmpty();
    assertThat(started).isEmpty();
  }

  @Test
  void demosHelp_saysWhereMetricsAre() {
    assertThat(run("demo", "--help").out()).contains("\"metrics:\"", "--management-port=N");
  }

  @Test
  void noCommand_printsTheHelpOfAll() {
    Ended ended = run();

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("serve", "demo", "doors", "pki", "token", "request");
  }

  @Test
  void version_isOneLine() {
    assertThat(run("--version").out().lines()).hasSize(1).first().asString().contains("vestibule");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serv | vestibule: Unmatched argument at index 0: 'serv'; see vestibule --help",
        "token | vestibule: Missing required options: '--key=FILE', '--tenant=T',"
            + " '--scope=SCOPES'; see vestibule token --help",
        "pki | vestibule: Missing required parameter: 'DIR'; see vestibule pki --help",
        "pki x --door=a/b | vestibule: --door a/b is no door id; see vestibule pki --help",
        "demo --doors 0 | vestibule: --doors must be from 1 to 2000, not 0; see vestibule demo"
            + " --help",
        "demo --management-port 65536 | vestibule: --management-port must be from 0 to 65535, not"
            + " 65536; see vestibule demo --help",
        "doors --pki x --url mqtt://h | vestibule: --url must be mqtts://HOST[:PORT], not"
            + " mqtt://h; see vestibule doors --help",
        "request --key k --door d --courier c --grant g --lat 1 | vestibule: --lat and --lon go"
            + " together; see vestibule request --help",
      })
  void wrongUsage_isOneLine_andExits2(String arguments, String line) {
    Ended ended = run(arguments.split(" "));

    assertThat(ended).isEqualTo(new Ended(2, "", line + "\n"));
    assertThat(started).isEmpty();
  }

  @Test
  void token_isTheIssuers_andHoldsAnHour() throws Exception {
    Ended ended =
        run(
            "token",
            "--key",
            files.authKey().toString(),
            "--tenant",
            "acme",
            "--scope",
            "grants:write audit:read");

    SignedJWT token = SignedJWT.parse(ended.out().strip());
    var jwks = JWKSet.load(files.authJwks().toFile());
    var key = jwks.getKeyByKeyId(token.getHeader().getKeyID()).toOctetKeyPair();
    assertThat(verifies(token, key.getDecodedX())).isTrue();
    var claims = token.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("from-environment");
    assertThat(claims.getAudience()).containsExactly("vestibule");
    assertThat(claims.getStringClaim("tenant")).isEqualTo("acme");
    assertThat(claims.getStringClaim("scope")).isEqualTo("grants:write audit:read");
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofHours(1));
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void request_isReadByTheGateway() {
    Ended ended =
        run(
            "request",
            "--key",
            files.courierKey().toString(),
            "--door",
            "door-1",
            "--courier",
            "ann",
            "--grant",
            "g-1",
            "--parcel",
            "LABEL 42",
            "--lat",
            "1.5",
            "--lon",
            "-2");

    assertThat(ended.out().lines()).hasSize(1);
    RequestResult result =
        RequestParser.parse(ended.out().strip().getBytes(StandardCharsets.US_ASCII));
    assertThat(result).isInstanceOf(RequestResult.Parsed.class);
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void keyFileThatIsMissing_isOneLine_andExits1() {
    Ended ended = run("token", "--key", "no.pem", "--tenant", "t", "--scope", "s");

    assertThat(ended)
        .isEqualTo(
            new Ended(
                1, "", "vestibule: cannot read no.pem; name a key file, as pki makes them\n"));
  }

  @Test
  void keyFileThatHoldsNoKey_isOneLineNamingIt() {
    Ended ended = run("token", "--key", files.ca().toString(), "--tenant", "t", "--scope", "s");

    assertThat(ended.code()).isOne();
    assertThat(ended.err()).startsWith("vestibule: " + files.ca() + ": ").hasLineCount(1);
  }

  @Test
  void serve_withFaultyConfiguration_namesEachFault_andExits78() {
    Ended ended = run("serve");

    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.err().lines())
        .contains("vestibule: mqtt.tls.certificate: missing, expected a file's path")
        .hasSizeGreaterThan(4);
    assertThat(started).isEmpty();
  }

  @Test
  void serve_withThePkisConfiguration_starts() {
    Ended ended = run("serve", "--config", files.config().toString());

    assertThat(ended).isEqualTo(new Ended(0, "", ""));
    assertThat(started).hasSize(1).hasOnlyElementsOfType(Config.class);
  }

  @Test
  void demoAndDoors_passTheirOptionsOn() {
    run("demo", "--doors", "50", "--seconds", "20", "--exit");
    run("demo", "--exit");
    run("demo", "--management-port", "9090");
    run("doors", "--url", "mqtts://gate", "--pki", "p", "--count", "7");

    assertThat(started)
        .containsExactly(
            new DemoRun(new DemoOptions(50, Duration.ofSeconds(20)), 0, true),
            new DemoRun(new DemoOptions(20, Duration.ofSeconds(15)), 0, true),
            new DemoRun(new DemoOptions(20, Duration.ofSeconds(15)), 9090, false),
            new DoorsOptions(
                URI.create("mqtts://gate:8883"),
                new PkiFiles(Path.of("p")),
                new PkiFiles(Path.of("p")).signingJwks().toString(),
                7));
  }

  @Test
  void demo_withFewerDoorsThanParts_getsOneForEach() {
    assertThat(run("demo", "--doors", "1").code()).isZero();

    assertThat(started)
        .singleElement()
        .isInstanceOfSatisfying(
            DemoRun.class, run -> assertThat(run.play().doorCount()).isGreaterThan(5));
  }

  @Test
  void failedProgram_isOneLine_andExits1() {
    Programs programs =
        new Programs(
            config -> 0,
            run -> {
              throw new CommandFailed("port 1 is taken; choose another");
            },
            options -> 0);

    assertThat(run(programs, "demo"))
        .isEqualTo(new Ended(1, "", "vestibule: port 1 is taken; choose another\n"));
  }

  @Test
  void bug_isOneLineWithoutAStack_andExits1() {
    Programs programs =
        new Programs(
            config -> 0,
            run -> {
              throw new IllegalStateException("broken");
            },
            options -> 0);

    assertThat(run(programs, "demo"))
        .isEqualTo(
            new Ended(
                1,
                "",
                "vestibule: this is a bug, please report it:"
                    + " java.lang.IllegalStateException: broken\n"));
  }

  @Test
  void pki_saysWhatItWrote_andWhatToDoNext() {
    Path target = dir.resolve("new");

    Ended ended = run("pki", target.toString(), "--doors", "2", "--door", "front");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines())
        .contains(
            "wrote " + target.resolve("ca.pem"),
            "wrote 3 door certificates in " + target.resolve("doors"),
            "next: java -jar target/vestibule.jar serve --config "
                + target.resolve("vestibule.yaml"));
    assertThat(target.resolve("doors/front.pem")).exists();
    assertThat(target.resolve("doors/door-2-key.pem")).exists();
    assertThat(run("pki", target.toString(), "--doors", "3").out())
        .contains("wrote 1 door certificates", ", kept 2");
  }

  @Test
  void pki_withAFileForADirectory_isOneLine_andExits1() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));

    Ended ended = run("pki", file.toString());

    assertThat(ended.code()).isOne();
    assertThat(ended.err()).startsWith("vestibule: cannot write in " + file).hasLineCount(1);
  }

  /** By the JDK alone; the key's DER is a fixed head and the 32 bytes (RFC 8410). */
  private static boolean verifies(SignedJWT token, byte[] key) throws Exception {
    byte[] head = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] der = ByteBuffer.allocate(44).put(head).put(key).array();
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
    verifier.update(token.getSigningInput());
    return verifier.verify(token.getSignature().decode());
  }

  private Ended run(String... arguments) {
    return run(new Programs(this::start, this::start, this::start), arguments);
  }

  private int start(Object options) {
    started.add(options);
    return 0;
  }

  private static Ended run(Programs programs, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLineRun(programs, Map.of("VESTIBULE_AUTH_ISSUER", "from-environment"))
            .run(arguments, new PrintWriter(out), new PrintWriter(err));
    return new Ended(code, out.toString(), err.toString());
  }

  private record Ended(int code, String out, String err) {}
}
