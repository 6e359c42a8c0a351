package io.vestibule.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Screening;
import io.vestibule.json.Fault;
import io.vestibule.json.Faults;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {
  private static final BuildingId ELM = new BuildingId("elm-12");
  private static final DoorId DOOR = new DoorId("d1");
  private static final Optional<ManagerId> HOMES = Optional.of(new ManagerId("homes"));
  private static final Optional<CarrierId> SWIFT = Optional.of(new CarrierId("swift"));
  private static final String BUILDING =
      """
      {"manager":"homes","timezone":"America/New_York",
       "consent":{"givenBy":"board","givenAt":"2026-01-02T03:04:05Z","document":"doc-7"},
       "location":{"lat":40.5,"lon":-73.25},
       "admits":[{"carrier":"swift","doors":["*"],
         "hours":[{"days":["mon","sun"],"from":"07:00","to":"24:00"}],
         "requireParcel":false,"requireScreening":false,"maxDistanceMeters":75.0}],
       "status":"suspended","retentionDays":7}
      """;

  @Test
  void building_readsAndWritesTheSame() {
    JsonNode document = json(BUILDING);

    assertThat(BuildingDocument.toJson(building(document).orElseThrow())).isEqualTo(document);
  }

  @Test
  void building_withLittle_hasTheDefaults() {
    ObjectNode document =
        json(
            """
            {"timezone":"UTC","consent":null,"admits":[{"carrier":"swift","doors":["d1"],
             "hours":[{"days":["mon"],"from":"22:00","to":"06:00"}]}]}
            """);

    assertThat(BuildingDocument.toJson(building(document).orElseThrow()))
        .isEqualTo(
            json(
                """
                {"manager":"homes","timezone":"UTC","admits":[{"carrier":"swift","doors":["d1"],
                 "hours":[{"days":["mon"],"from":"22:00","to":"06:00"}],
                 "requireParcel":true,"requireScreening":true}],
                 "status":"active","retentionDays":90}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /manager                              | "rival"
          /manager                              | 7
          /timezone                             | "Mars/Olympus"
          /timezone                             | "+02:00"
          /consent/givenBy                      | {"givenAt":"2026-01-02T03:04:05Z"}
          /consent/givenAt                      | {"givenBy":"board"}
          /consent/givenAt                      | {"givenBy":"board","givenAt":"yesterday"}
          /consent/name                         | {"givenBy":"b","givenAt":"2026-01-02T03:04:05Z","name":"x"}
          /location/lat                         | {"lat":91,"lon":0}
          /location/lon                         | {"lat":9}
          /admits                               | {}
          /status                               | "closed"
          /retentionDays                        | 0
          /retentionDays                        | 3651
          /retentionDays                        | 7.5
          """)
  void building_faultOfAMember_isNamed(String pointer, String value) {
    ObjectNode document = json(BUILDING);
    document.set(pointer.split("/", -1)[1], json(value, JsonNode.class));

    assertThat(faultsOfBuilding(document)).containsExactly(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /carrier            | "carrier"           | "no spaces"
          /doors              | "doors"             | []
          /doors              | "doors"             | ["*","d1"]
          /doors/1            | "doors"             | ["d1","-"]
          /maxDistanceMeters  | "maxDistanceMeters" | 0
          /maxDistanceMeters  | "maxDistanceMeters" | -1
          /requireParcel      | "requireParcel"     | "yes"
          /hours/0/days       | "hours"             | [{"days":[],"from":"07:00","to":"08:00"}]
          /hours/0/days/0     | "hours"             | [{"days":["monday"],"from":"07:00","to":"08:00"}]
          /hours/0/from       | "hours"             | [{"days":["mon"],"from":"24:00","to":"08:00"}]
          /hours/0/from       | "hours"             | [{"days":["mon"],"from":"7:00","to":"08:00"}]
          /hours/0/to         | "hours"             | [{"days":["mon"],"from":"07:00","to":"24:01"}]
          /hours/0/to         | "hours"             | [{"days":["mon"],"from":"07:00","to":"07:00"}]
          /hours/0/to         | "hours"             | [{"days":["mon"],"from":"07:00","to":"08:60"}]
          /hours/0/until      | "hours"             | [{"days":["mon"],"from":"07:00","to":"08:00","until":"x"}]
          /note               | "note"              | "x"
          """)
  void admission_faultOfAMember_isNamed(String pointer, String name, String value) {
    ObjectNode document = json(BUILDING);
    ((ObjectNode) document.get("admits").get(0))
        .set(name.replace("\"", ""), json(value, JsonNode.class));

    assertThat(faultsOfBuilding(document)).containsExactly("/admits/0" + pointer);
  }

  @ParameterizedTest
  @CsvSource({"carrier", "doors", "hours"})
  void admission_withoutAMember_isFaulty(String name) {
    ObjectNode document = json(BUILDING);
    ((ObjectNode) document.get("admits").get(0)).remove(name);

    assertThat(faultsOfBuilding(document)).containsExactly("/admits/0/" + name);
  }

  @Test
  void distance_needsALocation() {
    ObjectNode document = json(BUILDING);
    document.remove("location");

    assertThat(faultsOfBuilding(document)).containsExactly("/admits/0/maxDistanceMeters");
  }

  @Test
  void allFaults_areTold() {
    assertThat(faultsOfBuilding(json("{\"status\":1,\"colour\":2}")))
        .containsExactlyInAnyOrder("/timezone", "/admits", "/status", "/colour");
  }

  @Test
  void operator_namesTheManager() {
    ObjectNode document = json(BUILDING);
    Faults faults = new Faults();
    assertThat(BuildingDocument.parse(ELM, Optional.empty(), document, faults)).isPresent();
    document.remove("manager");

    assertThat(BuildingDocument.parse(ELM, Optional.empty(), document, faults)).isEmpty();
    assertThat(pointers(faults)).containsExactly("/manager");
  }

  @Test
  void midnight_isWrittenEitherWay() {
    for (String to : List.of("00:00", "24:00")) {
      ObjectNode document = json(BUILDING.replace("24:00", to));

      assertThat(BuildingDocument.toJson(building(document).orElseThrow())).isEqualTo(document);
    }
  }

  @Test
  void door_readsAndIsShownWithoutItsSecret() {
    ObjectNode document =
        json(
            """
            {"building":"elm-12","name":"front","status":"suspended","holdSeconds":9,
             "secret":"12345678"}
            """);
    Faults faults = new Faults();

    DoorDraft draft = DoorDocument.parse(DOOR, document, faults).orElseThrow();

    assertThat(draft.secret()).contains("12345678");
    assertThat(draft.toString()).doesNotContain("12345678");
    DoorEntry entry =
        new DoorEntry(
            draft.door(), HOMES.orElseThrow(), draft.name(), Optional.of(DoorSecret.of("x")));
    document.remove("secret");
    assertThat(DoorDocument.toJson(entry)).hasToString(document.toString());
    assertThat(entry.toString()).doesNotContain("pbkdf2");
  }

  @Test
  void secret_isOf1To256Characters() {
    for (int length : List.of(1, 7, 256, 257)) {
      ObjectNode document = json("{\"building\":\"elm-12\"}").put("secret", "s".repeat(length));

      assertThat(DoorDocument.parse(DOOR, document, new Faults()).isPresent())
          .as("%d characters", length)
          .isEqualTo(length <= 256);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /building    | null
          /building    | "-"
          /name        | 5
          /status      | "open"
          /holdSeconds | 0
          /holdSeconds | 61
          /secret      | ""
          /secret      | 5
          /manager     | "-"
          /owner       | "homes"
          """)
  void door_faultOfAMember_isNamed(String pointer, String value) {
    ObjectNode document = json("{\"building\":\"elm-12\"}");
    document.set(pointer.substring(1), json(value, JsonNode.class));
    Faults faults = new Faults();

    assertThat(DoorDocument.parse(DOOR, document, faults)).isEmpty();
    assertThat(pointers(faults)).containsExactly(pointer);
  }

  @Test
  void courier_readsAndWritesTheSame() throws Exception {
    ObjectNode document =
        json(
            """
            {"carrier":"swift","screening":{"status":"passed","expiresAt":"2027-01-01T00:00:00Z"},
             "status":"active"}
            """);
    document.putArray("keys").add(key().toJwk()).add(key().toJwk());

    CourierEntry entry = courier(document, new Faults()).orElseThrow();

    assertThat(CourierDocument.toJson(entry)).isEqualTo(document);
  }

  @Test
  void courier_notScreened_isPending() throws Exception {
    ObjectNode document = json("{}");
    document.putArray("keys").add(key().toJwk());

    CourierEntry entry = courier(document, new Faults()).orElseThrow();

    assertThat(entry.courier().screening())
        .isEqualTo(new Screening(Screening.Result.PENDING, Optional.empty()));
    assertThat(entry.courier().carrier()).isEqualTo(SWIFT.orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /carrier             | "carrier"   | "rival"
          /screening/expiresAt | "screening" | {"status":"passed"}
          /screening/status    | "screening" | {"expiresAt":"2027-01-01T00:00:00Z"}
          /screening/status    | "screening" | {"status":"maybe"}
          /screening           | "screening" | []
          /status              | "status"    | "gone"
          /keys                | "keys"      | null
          /keys/0              | "keys"      | [{"kty":"oct","k":"AAAA"}]
          /keys                | "keys"      | [1,2,3,4,5,6,7,8,9]
          """)
  void courier_faultOfAMember_isNamed(String pointer, String name, String value)
      throws GeneralSecurityException {
    ObjectNode document = json("{}");
    document.putArray("keys").add(key().toJwk());
    document.set(name.replace("\"", ""), json(value, JsonNode.class));
    Faults faults = new Faults();

    assertThat(courier(document, faults)).isEmpty();
    assertThat(pointers(faults)).contains(pointer);
    assertThat(pointers(faults)).allMatch(found -> found.startsWith(pointer.substring(0, 5)));
  }

  @Test
  void courier_keyTwice_isFaulty() throws Exception {
    ObjectNode document = json("{}");
    ObjectNode jwk = key().toJwk();
    document.putArray("keys").add(jwk).add(jwk);
    Faults faults = new Faults();

    assertThat(courier(document, faults)).isEmpty();
    assertThat(pointers(faults)).containsExactly("/keys/1");
  }

  private static VerificationKey key() throws GeneralSecurityException {
    return VerificationKey.of(
        Algorithm.EDDSA, KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
  }

  private static Optional<CourierEntry> courier(JsonNode document, Faults faults) {
    return CourierDocument.parse(new CourierId("c-1"), SWIFT, document, faults);
  }

  private static Optional<Building> building(JsonNode document) {
    Faults faults = new Faults();
    var building = BuildingDocument.parse(ELM, HOMES, document, faults);
    assertThat(faults.list()).isEmpty();
    return building;
  }

  private static List<String> faultsOfBuilding(JsonNode document) {
    Faults faults = new Faults();
    assertThat(BuildingDocument.parse(ELM, HOMES, document, faults)).isEmpty();
    return pointers(faults);
  }

  private static List<String> pointers(Faults faults) {
    return faults.list().stream().map(Fault::pointer).toList();
  }

  private static ObjectNode json(String text) {
    return json(text, ObjectNode.class);
  }

  private static <T extends JsonNode> T json(String text, Class<T> type) {
    try {
      return type.cast(Json.read(text));
    } catch (MalformedJson e) {
      throw new IllegalArgumentException(e);
    }
  }
}
