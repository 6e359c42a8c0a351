package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Hiccups;
import io.vestibule.load.wire.Courier;
import io.vestibule.load.wire.HttpAnswer;
import io.vestibule.load.wire.HttpConnection;
import io.vestibule.load.wire.HttpRequest;
import io.vestibule.load.wire.Operator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Needs Mosquitto, Node and npm, so it is not among the tests that every build runs: {@code mvn
 * test -Dtest=PeerIT}.
 */
final class PeerIT {
  private static final String LABEL = "JD014600003SE";
  private static final String DOOR = "door-1";
  private static final String BUILDING =
      """
      {"manager":"elm-homes","timezone":"America/New_York",
       "consent":{"givenBy":"owners","givenAt":"2026-01-15T18:00:00Z"},
       "admits":[{"carrier":"swift","doors":["*"],"hours":[{"from":"00:00","to":"24:00",
                  "days":["mon","tue","wed","thu","fri","sat","sun"]}]}]}""";
  private static final String COURIER =
      """
      {"carrier":"swift","keys":[%s],
       "screening":{"status":"passed","expiresAt":"2046-01-01T00:00:00Z"}}""";
  private static final String GRANT =
      """
      {"id":"grant-1","courier":"%s","door":"%s","parcels":["%s"],"notBefore":"%s","notAfter":"%s",
       "maxUses":1,"graceSeconds":0}""";
  private static final Path HOME = Path.of("").toAbsolutePath();

  @TempDir private Path work;

  @Test
  void theSameWireThatTheGatewaySpeaks_opensADoorOfThePeer() throws Exception {
    try (Started started = new Started(work.resolve("logs"));
        Hiccups hiccups = Hiccups.watch()) {
      Progress progress = new Progress(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      Build build = new Build(HOME, started, progress);
      Stage stage =
          new Stage(
              work, build, started, progress, hiccups, new RedisBinary(Optional.empty(), progress));
      Pki pki = Pki.make(started, build.product(), work);
      Redis redis = Redis.start(started, work, stage.redisBinary());

      Target peer = Peer.start(stage, pki, redis, Map.of());

      assertThat(peer.processes())
          .extracting(Target.Part::name)
          .containsExactly("node", "mosquitto", "redis");
      assertThat(peer.processes())
          .allMatch(part -> ProcessHandle.of(part.pid()).orElseThrow().isAlive());
      Courier courier = new Courier("ana");
      provision(peer, courier);
      try (AckingDoor door = AckingDoor.connect(peer, DOOR)) {
        assertThat(unlock(peer, courier).outcome()).isEqualTo("opened");
        assertThat(unlock(peer, courier).outcome()).isEqualTo("grant_used_up");
        assertThat(door.connected()).isTrue();
      }
    }
  }

  private static void provision(Target peer, Courier courier) throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (Operator operator = new Operator(peer.http().getPort(), peer.operatorToken())) {
      operator.perform(operator.put("/v1/buildings/elm-street-12", BUILDING));
      operator.perform(operator.put("/v1/doors/" + DOOR, "{\"building\":\"elm-street-12\"}"));
      operator.perform(
          operator.put("/v1/couriers/" + courier.id(), COURIER.formatted(courier.jwk())));
      operator.perform(
          operator.post(
              "/v1/grants",
              GRANT.formatted(
                  courier.id(),
                  DOOR,
                  Courier.parcel(LABEL),
                  now.minus(1, ChronoUnit.HOURS),
                  now.plus(1, ChronoUnit.HOURS))));
    }
  }

  private static HttpAnswer unlock(Target peer, Courier courier) throws IOException {
    try (HttpConnection connection = new HttpConnection(peer.http().getPort())) {
      return connection.exchange(HttpRequest.unlock(DOOR, courier.sign(DOOR, "grant-1", LABEL)));
    }
  }
}
