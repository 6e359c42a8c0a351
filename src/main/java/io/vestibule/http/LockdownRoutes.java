package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.directory.Directory;
import io.vestibule.directory.Lockdown;
import io.vestibule.directory.Registry;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import io.vestibule.time.Rfc3339;
import io.vestibule.time.Time;
import io.vestibule.unlock.Unlocks;
import java.time.Instant;
import java.util.Optional;

/** Starts, shows and lifts a building's lockdown. */
final class LockdownRoutes {
  private final Directory directory;
  private final Registry registry;
  private final Unlocks unlocks;
  private final Time time;

  LockdownRoutes(Api.Entries entries, Unlocks unlocks, Time time) {
    this.directory = entries.directory();
    this.registry = entries.registry();
    this.unlocks = unlocks;
    this.time = time;
  }

  Endpoint start(Caller caller) {
    return call ->
        call.optionalJson()
            .map(this::until)
            .compose(
                until ->
                    BuildingRoutes.own(directory, caller, call)
                        .compose(building -> start(building, until, caller)));
  }

  Endpoint show(Caller caller) {
    return call ->
        BuildingRoutes.own(directory, caller, call)
            .compose(building -> inForce(building.id()))
            .map(
                found ->
                    found
                        .map(body -> Reply.json(200, body))
                        .orElseThrow(() -> Refusal.notFound("lockdown")));
  }

  Endpoint lift(Caller caller) {
    return call ->
        BuildingRoutes.own(directory, caller, call)
            .compose(building -> registry.lift(building.id(), building.manager(), caller.name()))
            .map(
                change ->
                    switch (change) {
                      // None in force is what was asked for, so a retry is no mistake.
                      case LIFTED, NONE, STARTED -> Reply.noContent();
                      case ABSENT, FOREIGN -> throw Refusal.notFound("building");
                    });
  }

  private Future<Reply> start(Building building, Optional<Instant> until, Caller caller) {
    return registry
        .lockDown(building.id(), building.manager(), until, caller.name())
        .compose(
            change -> {
              if (change != Registry.LockdownChange.STARTED) {
                throw Refusal.notFound("building");
              }
              // Attempts that were claimed before it and are not commanded yet are refused now.
              unlocks.lockdownChanged();
              return inForce(building.id());
            })
        .map(found -> Reply.json(200, found.orElseGet(() -> over(building.id(), until))));
  }

  private Future<Optional<ObjectNode>> inForce(BuildingId building) {
    return registry
        .lockdown(building)
        .map(found -> found.map(lockdown -> body(building, lockdown)));
  }

  /** It ended, or was lifted, while it was being answered. */
  private ObjectNode over(BuildingId building, Optional<Instant> until) {
    return body(building, new Lockdown(time.now(), until, ""));
  }

  private static ObjectNode body(BuildingId building, Lockdown lockdown) {
    ObjectNode body =
        Json.object()
            .put("building", building.text())
            .put("since", Rfc3339.withMillis(lockdown.since()));
    lockdown.until().ifPresent(until -> body.put("until", Rfc3339.withMillis(until)));
    return body;
  }

  private Optional<Instant> until(Optional<JsonNode> document) {
    if (document.isEmpty()) {
      return Optional.empty();
    }
    Faults faults = new Faults();
    Fields fields = Fields.of(document.get(), faults);
    Optional<Instant> until = fields.optionalInstant("until");
    if (until.filter(end -> !end.isAfter(time.now())).isPresent()) {
      fields.fault("until", "must be in the future");
    }
    fields.refuseOthers();
    if (!faults.none()) {
      throw Refusal.malformed(faults);
    }
    return until;
  }
}
