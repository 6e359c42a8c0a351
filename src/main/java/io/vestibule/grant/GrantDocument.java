package io.vestibule.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import io.vestibule.signing.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a grant from the JSON that carriers send and writes what they are shown. */
public final class GrantDocument {
  private static final int PARCELS_MAX = 50;
  private static final Duration WINDOW_MAX = Duration.ofDays(1);
  private static final String IDENTIFIER = "an identifier";

  private GrantDocument() {}

  /**
   * Reads a grant; every fault is noted.
   *
   * @param generated the id of a grant that names none
   * @param owner the carrier that asks; empty for an operator, who must name one
   */
  public static Optional<Grant> parse(
      GrantId generated, Optional<CarrierId> owner, JsonNode document, Faults faults) {
    Fields fields = Fields.of(document, faults);
    Optional<GrantId> id = fields.optionalParsed("id", GrantId::parse, IDENTIFIER);
    Optional<CarrierId> carrier = carrier(fields, owner);
    Optional<CourierId> courier = fields.parsed("courier", CourierId::parse, IDENTIFIER);
    Optional<DoorId> door = fields.parsed("door", DoorId::parse, IDENTIFIER);
    List<String> parcels = parcels(fields);
    Optional<Grant.Window> window = window(fields);
    Grant.Uses uses = uses(fields);
    fields.refuseOthers();
    if (!faults.none()) {
      return Optional.empty();
    }
    return Optional.of(
        new Grant(
            id.orElse(generated),
            carrier.orElseThrow(),
            courier.orElseThrow(),
            door.orElseThrow(),
            parcels,
            window.orElseThrow(),
            uses));
  }

  public static ObjectNode toJson(GrantState state) {
    Grant grant = state.grant();
    ObjectNode json = Json.object();
    json.put("id", grant.id().text());
    json.put("carrier", grant.carrier().text());
    json.put("courier", grant.courier().text());
    json.put("door", grant.door().text());
    ArrayNode parcels = json.putArray("parcels");
    grant.parcels().forEach(parcels::add);
    json.put("notBefore", grant.window().notBefore().toString());
    json.put("notAfter", grant.window().notAfter().toString());
    json.put("maxUses", grant.uses().countMax());
    json.put("graceSeconds", grant.uses().grace().toSeconds());
    json.put("state", state(state));
    json.put("uses", state.usedCount());
    state.revokedAt().ifPresent(at -> json.put("revokedAt", at.toString()));
    state.closedAt().ifPresent(at -> json.put("closedAt", at.toString()));
    return json;
  }

  private static String state(GrantState state) {
    if (state.revokedAt().isPresent()) {
      return "revoked";
    }
    return state.closedAt().isPresent() ? "closed" : "active";
  }

  private static Optional<CarrierId> carrier(Fields fields, Optional<CarrierId> owner) {
    Optional<CarrierId> named =
        owner.isPresent()
            ? fields.optionalParsed("carrier", CarrierId::parse, IDENTIFIER)
            : fields.parsed("carrier", CarrierId::parse, IDENTIFIER);
    if (owner.isPresent() && named.isPresent() && !named.equals(owner)) {
      fields.fault("carrier", "must be your own");
    }
    return named.or(() -> owner);
  }

  private static List<String> parcels(Fields fields) {
    Set<String> seen = new HashSet<>();
    List<String> parcels =
        fields.parsedEntries(
            "parcels",
            PARCELS_MAX,
            text -> Sha256.written(text) && seen.add(text) ? Optional.of(text) : Optional.empty(),
            "the base64url SHA-256 of a label text, each once");
    if (!fields.has("parcels")) {
      fields.fault("parcels", "is missing");
    } else if (fields.member("parcels").filter(JsonNode::isEmpty).isPresent()) {
      fields.fault("parcels", "must have at least one entry");
    }
    return parcels;
  }

  private static Optional<Grant.Window> window(Fields fields) {
    Optional<Instant> notBefore = fields.instant("notBefore");
    Optional<Instant> notAfter = fields.instant("notAfter");
    if (notBefore.isEmpty() || notAfter.isEmpty()) {
      return Optional.empty();
    }
    Duration length = Duration.between(notBefore.get(), notAfter.get());
    if (length.isNegative() || length.isZero()) {
      fields.fault("notAfter", "must be after notBefore");
    } else if (length.compareTo(WINDOW_MAX) > 0) {
      fields.fault("notAfter", "must be at most 24 hours after notBefore");
    }
    // As it is kept: what comes back must equal what was sent.
    return Optional.of(
        new Grant.Window(
            notBefore.get().truncatedTo(ChronoUnit.MILLIS),
            notAfter.get().truncatedTo(ChronoUnit.MILLIS)));
  }

  private static Grant.Uses uses(Fields fields) {
    long countMax = fields.optionalInteger("maxUses", 1, 100).orElse(1L);
    long graceSeconds = fields.optionalInteger("graceSeconds", 0, 900).orElse(300L);
    return new Grant.Uses((int) countMax, Duration.ofSeconds(graceSeconds));
  }
}
