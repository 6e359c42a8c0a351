package io.vestibule.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.CarrierId;
import io.vestibule.access.Courier;
import io.vestibule.access.CourierId;
import io.vestibule.access.Screening;
import io.vestibule.access.Status;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import io.vestibule.signing.VerificationKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a courier from the JSON of the API, which is also how it is stored, and writes it. */
public final class CourierDocument {
  private static final int KEYS_MAX = 8;
  private static final Screening NOT_SCREENED =
      new Screening(Screening.Result.PENDING, Optional.empty());

  private CourierDocument() {}

  /**
   * Reads a courier; every fault is noted.
   *
   * @param owner the carrier that asks; empty for an operator, who must name one
   */
  public static Optional<CourierEntry> parse(
      CourierId id, Optional<CarrierId> owner, JsonNode document, Faults faults) {
    Fields fields = Fields.of(document, faults);
    Optional<CarrierId> carrier = Owner.read(fields, "carrier", owner, CarrierId::parse);
    List<VerificationKey> keys = keys(fields, faults);
    Optional<Fields> screened = fields.optionalObject("screening");
    Optional<Screening> screening =
        screened.isPresent()
            ? screened.flatMap(CourierDocument::screening)
            : Optional.of(NOT_SCREENED);
    Status status =
        fields.optionalOneOf("status", Status.values(), Status::code).orElse(Status.ACTIVE);
    fields.refuseOthers();
    if (!faults.none()) {
      return Optional.empty();
    }
    return Optional.of(
        new CourierEntry(
            new Courier(id, carrier.orElseThrow(), screening.orElseThrow(), status), keys));
  }

  public static ObjectNode toJson(CourierEntry entry) {
    Courier courier = entry.courier();
    ObjectNode json = Json.object();
    json.put("carrier", courier.carrier().text());
    ArrayNode keys = json.putArray("keys");
    entry.keys().forEach(key -> keys.add(key.toJwk()));
    ObjectNode screening = json.putObject("screening");
    screening.put("status", courier.screening().result().code());
    courier.screening().expiresAt().ifPresent(at -> screening.put("expiresAt", at.toString()));
    json.put("status", courier.status().code());
    return json;
  }

  private static List<VerificationKey> keys(Fields fields, Faults faults) {
    Set<String> kids = new HashSet<>();
    if (!fields.has("keys")) {
      fields.fault("keys", "is missing");
    }
    return fields.entries(
        "keys",
        KEYS_MAX,
        (jwk, pointer) ->
            VerificationKey.fromJwk(jwk)
                .match(
                    accepted -> {
                      if (!kids.add(accepted.key().kid())) {
                        faults.add(pointer, "is there twice");
                      }
                      return Optional.of(accepted.key());
                    },
                    refused -> {
                      faults.add(pointer, refused.fault());
                      return Optional.empty();
                    }));
  }

  private static Optional<Screening> screening(Fields fields) {
    Optional<Screening.Result> result =
        fields.optionalOneOf("status", Screening.Result.values(), Screening.Result::code);
    Optional<Instant> expiresAt = fields.optionalInstant("expiresAt");
    if (!fields.has("status")) {
      fields.fault("status", "is missing");
    }
    if (result.filter(Screening.Result.PASSED::equals).isPresent() && !fields.has("expiresAt")) {
      fields.fault("expiresAt", "is missing");
    }
    fields.refuseOthers();
    return result.map(known -> new Screening(known, expiresAt));
  }
}
