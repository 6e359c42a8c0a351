package io.vestibule.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.GrantId;
import io.vestibule.json.Fault;
import io.vestibule.json.Faults;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.signing.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantDocumentTest {
  private static final GrantId GENERATED = new GrantId("generated");
  private static final Optional<CarrierId> SWIFT = Optional.of(new CarrierId("swift"));
  private static final String HASH = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

  @Test
  void grant_withLittle_hasTheDefaults() {
    Grant grant = parse(document()).orElseThrow();

    assertThat(grant.id()).isEqualTo(GENERATED);
    assertThat(grant.carrier()).isEqualTo(SWIFT.orElseThrow());
    assertThat(grant.uses()).isEqualTo(new Grant.Uses(1, Duration.ofMinutes(5)));
  }

  @Test
  void grant_isShownWithWhatBecameOfIt() {
    ObjectNode document = document();
    document.put("id", "g").put("maxUses", 3).put("graceSeconds", 0);
    Grant grant = parse(document).orElseThrow();
    Instant at = Instant.parse("2026-11-23T09:00:00Z");
    BuildingId elm = new BuildingId("elm-12");

    ObjectNode shown =
        GrantDocument.toJson(new GrantState(grant, elm, 2, Optional.empty(), Optional.empty()));

    ObjectNode expected = document.deepCopy();
    expected.put("carrier", "swift").put("state", "active").put("uses", 2);
    assertThat(sorted(shown)).isEqualTo(sorted(expected));
    ObjectNode closed =
        GrantDocument.toJson(new GrantState(grant, elm, 2, Optional.empty(), Optional.of(at)));
    assertThat(closed.path("state").asText()).isEqualTo("closed");
    assertThat(closed.path("closedAt").asText()).isEqualTo("2026-11-23T09:00:00Z");
    ObjectNode revoked =
        GrantDocument.toJson(new GrantState(grant, elm, 2, Optional.of(at), Optional.of(at)));
    assertThat(revoked.path("state").asText()).isEqualTo("revoked");
    assertThat(revoked.path("revokedAt").asText()).isEqualTo("2026-11-23T09:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /id           | "id"           | "no spaces"
          /carrier      | "carrier"      | "rival"
          /courier      | "courier"      | null
          /door         | "door"         | 7
          /parcels      | "parcels"      | null
          /parcels      | "parcels"      | []
          /parcels/0    | "parcels"      | ["short"]
          /parcels/0    | "parcels"      | ["47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFV"]
          /notBefore    | "notBefore"    | "soon"
          /notAfter     | "notAfter"     | "2026-11-23T08:00:00Z"
          /notAfter     | "notAfter"     | "2026-11-24T08:00:00.001Z"
          /notAfter     | "notAfter"     | "+99999-11-24T08:00:00Z"
          /maxUses      | "maxUses"      | 0
          /maxUses      | "maxUses"      | 101
          /graceSeconds | "graceSeconds" | -1
          /graceSeconds | "graceSeconds" | 901
          /state        | "state"        | "active"
          """)
  void faultOfAMember_isNamed(String pointer, String name, String value) throws MalformedJson {
    ObjectNode document = document();
    document.set(name.replace("\"", ""), Json.read(value));

    assertThat(faults(document)).containsExactly(pointer);
  }

  @Test
  void parcels_areAtMostFifty_andEachOnce() {
    ObjectNode document = document();
    document.putArray("parcels").add(HASH).add(HASH);
    assertThat(faults(document)).containsExactly("/parcels/1");

    ArrayNode many = document.putArray("parcels");
    for (int count = 0; count < 50; count++) {
      many.add(Sha256.base64Url("parcel " + count));
    }
    assertThat(parse(document)).isPresent();
    many.add(HASH);
    assertThat(faults(document)).containsExactly("/parcels");
  }

  @Test
  void operator_namesTheCarrier() {
    Faults faults = new Faults();

    assertThat(GrantDocument.parse(GENERATED, Optional.empty(), document(), faults)).isEmpty();
    assertThat(faults.list()).extracting(Fault::pointer).containsExactly("/carrier");
    ObjectNode named = document().put("carrier", "swift");
    assertThat(GrantDocument.parse(GENERATED, Optional.empty(), named, new Faults())).isPresent();
  }

  private static ObjectNode document() {
    ObjectNode document = Json.object();
    document.put("courier", "c-1").put("door", "d-1");
    document.putArray("parcels").add(HASH);
    document.put("notBefore", "2026-11-23T08:00:00Z").put("notAfter", "2026-11-24T08:00:00Z");
    return document;
  }

  private static Optional<Grant> parse(JsonNode document) {
    Faults faults = new Faults();
    Optional<Grant> grant = GrantDocument.parse(GENERATED, SWIFT, document, faults);
    assertThat(faults.list()).isEmpty();
    return grant;
  }

  private static List<String> faults(JsonNode document) {
    Faults faults = new Faults();
    assertThat(GrantDocument.parse(GENERATED, SWIFT, document, faults)).isEmpty();
    return faults.list().stream().map(Fault::pointer).toList();
  }

  /** By text: a number's width depends on how it was made. */
  private static List<String> sorted(ObjectNode node) {
    return node.properties().stream()
        .map(member -> member.getKey() + "=" + member.getValue())
        .sorted()
        .toList();
  }
}
