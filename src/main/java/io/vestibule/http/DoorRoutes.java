package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.command.Presence;
import io.vestibule.directory.Directory;
import io.vestibule.directory.DoorDocument;
import io.vestibule.directory.DoorDraft;
import io.vestibule.directory.DoorEntry;
import io.vestibule.directory.Registry;
import io.vestibule.json.Faults;
import io.vestibule.time.Rfc3339;
import java.time.Instant;
import java.util.Optional;

/** Registers, shows and removes the doors of a manager's buildings. */
final class DoorRoutes {
  private static final String WHAT = "door";

  private final Directory directory;
  private final Registry registry;
  private final Api.DoorState state;

  DoorRoutes(Api.Entries entries, Api.DoorState state) {
    this.directory = entries.directory();
    this.registry = entries.registry();
    this.state = state;
  }

  Endpoint put(Caller caller) {
    return call -> {
      DoorId id = call.newId(WHAT, DoorId::parse);
      return call.json().map(document -> parse(id, document)).compose(door -> put(caller, door));
    };
  }

  Endpoint show(Caller caller) {
    return call -> own(caller, call).compose(this::shown).map(body -> Reply.json(200, body));
  }

  Endpoint delete(Caller caller) {
    return call ->
        own(caller, call)
            .compose(
                entry ->
                    registry
                        .delete(entry.door().id(), entry.manager(), caller.name())
                        .map(deleted -> Owned.deleted(deleted, WHAT))
                        .onSuccess(reply -> state.doors().disconnect(entry.door().id())));
  }

  private static DoorDraft parse(DoorId id, JsonNode document) {
    Faults faults = new Faults();
    return DoorDocument.parse(id, document, faults).orElseThrow(() -> Refusal.malformed(faults));
  }

  private Future<Reply> put(Caller caller, DoorDraft draft) {
    return owner(caller, draft.door().building())
        .compose(
            owner ->
                registry
                    .put(named(draft, owner), owner, caller.name())
                    .onFailure(failure -> maybeWritten(draft))
                    .compose(written -> written(caller, draft, owner, written)));
  }

  /** Whoever names a manager means this one. */
  private static DoorDraft named(DoorDraft draft, ManagerId owner) {
    if (draft.manager().filter(named -> !named.equals(owner)).isPresent()) {
      Faults faults = new Faults();
      faults.add("/manager", "must be the building's own");
      throw Refusal.malformed(faults);
    }
    return draft;
  }

  /** A secret may have changed unseen, and asked for again it would read as the same. */
  private void maybeWritten(DoorDraft draft) {
    if (draft.secret().isPresent()) {
      state.doors().disconnect(draft.door().id());
    }
  }

  private Future<Reply> written(
      Caller caller, DoorDraft draft, ManagerId owner, Registry.Written written) {
    DoorId door = draft.door().id();
    if (written == Registry.Written.SECRET_CHANGED) {
      // Who is connected by the old secret must show the new one.
      state.doors().disconnect(door);
    }
    DoorEntry entry = new DoorEntry(draft.door(), owner, draft.name(), Optional.empty());
    return shown(entry).map(body -> Owned.written(written, caller, WHAT, body));
  }

  /** An operator acts for whoever manages the building. */
  private Future<ManagerId> owner(Caller caller, BuildingId building) {
    return caller
        .manager()
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                directory
                    .building(building)
                    .map(found -> found.orElseThrow(() -> Refusal.notFound("building")).manager()));
  }

  private Future<ObjectNode> shown(DoorEntry entry) {
    return state.doors().presence(entry.door().id()).compose(presence -> shown(entry, presence));
  }

  private Future<ObjectNode> shown(DoorEntry entry, Presence presence) {
    ObjectNode body = DoorDocument.toJson(entry);
    ObjectNode connection = body.putObject("connection");
    connection.put("state", presence.online() ? "online" : "offline");
    presence.since().ifPresent(since -> connection.put("since", Rfc3339.withMillis(since)));
    return state
        .telemetry()
        .last(entry.door().id())
        .map(
            telemetry -> {
              telemetry.ifPresent(last -> body.set("telemetry", shown(last)));
              return body;
            });
  }

  /** Doors count milliseconds; the API writes times as texts. */
  private static ObjectNode shown(ObjectNode telemetry) {
    ObjectNode shown = telemetry.deepCopy();
    shown.put("at", Rfc3339.withMillis(Instant.ofEpochMilli(telemetry.path("at").asLong())));
    return shown;
  }

  private Future<DoorEntry> own(Caller caller, Call call) {
    return directory
        .door(call.id(WHAT, DoorId::parse))
        .map(
            found ->
                found
                    .filter(entry -> caller.owns(entry.manager()))
                    .orElseThrow(() -> Refusal.notFound(WHAT)));
  }
}
