package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.GrantId;
import io.vestibule.directory.Directory;
import io.vestibule.grant.Grant;
import io.vestibule.grant.GrantDocument;
import io.vestibule.grant.GrantState;
import io.vestibule.grant.Grants;
import io.vestibule.grant.Idempotency;
import io.vestibule.json.Faults;
import io.vestibule.json.Json;
import io.vestibule.signing.Sha256;
import java.util.Optional;
import java.util.UUID;

/** Makes, shows and ends a carrier's access grants. */
final class GrantRoutes {
  private final Grants grants;
  private final Directory directory;
  private final Idempotency idempotency;

  GrantRoutes(Grants grants, Directory directory, Idempotency idempotency) {
    this.grants = grants;
    this.directory = directory;
    this.idempotency = idempotency;
  }

  Endpoint create(Caller caller) {
    return call -> {
      Optional<IdempotencyKey> key = IdempotencyKey.of(call);
      return call.json()
          .compose(document -> carrier(caller, document).map(carrier -> asked(carrier, document)))
          .compose(
              asked ->
                  key.isPresent()
                      ? createOnce(caller, key.get(), asked)
                      : create(caller, asked.grant()).map(GrantRoutes::created));
    };
  }

  Endpoint show(Caller caller) {
    return call -> own(caller, call).map(state -> Reply.json(200, GrantDocument.toJson(state)));
  }

  Endpoint revoke(Caller caller) {
    return call ->
        own(caller, call)
            .compose(state -> grants.revoke(state.grant().id(), caller.name()))
            .map(GrantRoutes::present)
            .map(state -> Reply.noContent());
  }

  Endpoint delivered(Caller caller) {
    return call ->
        own(caller, call)
            .compose(state -> grants.close(state.grant().id(), caller.name()))
            .map(GrantRoutes::present)
            .map(state -> Reply.json(200, GrantDocument.toJson(state)));
  }

  /** A grant with the body that asked for it. */
  private record Asked(Grant grant, JsonNode document) {
    String hash() {
      return Sha256.base64Url(Json.write(document));
    }

    Grant grantAs(GrantId id) {
      return new Grant(
          id,
          grant.carrier(),
          grant.courier(),
          grant.door(),
          grant.parcels(),
          grant.window(),
          grant.uses());
    }
  }

  /** Whose grant it is: the tenant's own; an operator's by its word, or by that of the courier. */
  private Future<Optional<CarrierId>> carrier(Caller caller, JsonNode document) {
    Optional<CourierId> courier = CourierId.parse(document.path("courier").asText());
    if (caller.carrier().isPresent() || document.hasNonNull("carrier") || courier.isEmpty()) {
      return Future.succeededFuture(caller.carrier());
    }
    return directory
        .courier(courier.get())
        .map(found -> found.orElseThrow(() -> Refusal.notFound("courier")))
        .map(entry -> Optional.of(entry.courier().carrier()));
  }

  private static Asked asked(Optional<CarrierId> carrier, JsonNode document) {
    Faults faults = new Faults();
    GrantId generated = new GrantId(UUID.randomUUID().toString());
    Grant grant =
        GrantDocument.parse(generated, carrier, document, faults)
            .orElseThrow(() -> Refusal.malformed(faults));
    return new Asked(grant, document);
  }

  private Future<Reply> createOnce(Caller caller, IdempotencyKey key, Asked asked) {
    return idempotency
        .use(caller.name(), key.text(), asked.hash(), asked.grant().id())
        .compose(
            use ->
                use.match(
                    () ->
                        createdOrFound(caller, asked.grant())
                            .recover(failure -> forgotten(caller, key, failure)),
                    id -> createdBefore(caller, asked.grantAs(id)),
                    () ->
                        Future.failedFuture(
                            Refusal.of(
                                ApiReason.IDEMPOTENCY_MISMATCH,
                                "The Idempotency-Key was used with another body."))));
  }

  /** What was refused may be mended and sent again under its key. */
  private Future<Reply> forgotten(Caller caller, IdempotencyKey key, Throwable failure) {
    return failure instanceof Refusal
        ? idempotency
            .forget(caller.name(), key.text())
            .compose(forgotten -> Future.failedFuture(failure))
        : Future.failedFuture(failure);
  }

  /** The first request may have died between its key and its grant: then this one makes it. */
  private Future<Reply> createdBefore(Caller caller, Grant grant) {
    return found(grant)
        .compose(
            found ->
                found.map(Future::succeededFuture).orElseGet(() -> createdOrFound(caller, grant)));
  }

  /** Requests under one key that overlap: whichever comes second finds what the first made. */
  private Future<Reply> createdOrFound(Caller caller, Grant grant) {
    return create(caller, grant)
        .map(GrantRoutes::created)
        .recover(
            failure ->
                failure instanceof Refusal
                    ? found(grant)
                        .compose(
                            found ->
                                found
                                    .map(Future::succeededFuture)
                                    .orElseGet(() -> Future.failedFuture(failure)))
                    : Future.failedFuture(failure));
  }

  private Future<Optional<Reply>> found(Grant grant) {
    return grants
        .find(grant.id())
        .map(
            found ->
                found
                    .filter(state -> state.grant().equals(grant))
                    .map(
                        state ->
                            created(asCreated(state)).withHeader("Idempotent-Replayed", "true")));
  }

  private Future<GrantState> create(Caller caller, Grant grant) {
    return directory
        .courier(grant.courier())
        .compose(
            courier ->
                courier
                        .filter(entry -> entry.courier().carrier().equals(grant.carrier()))
                        .isPresent()
                    ? building(grant)
                    : Future.failedFuture(Refusal.notFound("courier")))
        .compose(
            building ->
                grants
                    .create(grant, building, caller.name())
                    .map(created -> state(grant, building, created)));
  }

  private Future<Building> building(Grant grant) {
    return directory
        .door(grant.door())
        .compose(
            door ->
                door.isPresent()
                    ? directory.building(door.get().door().building())
                    : Future.succeededFuture(Optional.empty()))
        .map(building -> building.orElseThrow(() -> Refusal.notFound("door")));
  }

  private static GrantState state(Grant grant, Building building, boolean created) {
    if (!created) {
      throw Refusal.of(ApiReason.CONFLICT, "The grant's id is taken.");
    }
    return new GrantState(grant, building.id(), 0, Optional.empty(), Optional.empty());
  }

  /** As the first answer had it, whatever became of the grant since. */
  private static GrantState asCreated(GrantState state) {
    return new GrantState(state.grant(), state.building(), 0, Optional.empty(), Optional.empty());
  }

  private static Reply created(GrantState state) {
    return Reply.json(201, GrantDocument.toJson(state))
        .withHeader("Location", "/v1/grants/" + state.grant().id().text());
  }

  private Future<GrantState> own(Caller caller, Call call) {
    return grants
        .find(call.id("grant", GrantId::parse))
        .map(
            found ->
                found
                    .filter(state -> caller.owns(state.grant().carrier()))
                    .orElseThrow(() -> Refusal.notFound("grant")));
  }

  private static GrantState present(Optional<GrantState> state) {
    return state.orElseThrow(() -> Refusal.notFound("grant"));
  }
}
