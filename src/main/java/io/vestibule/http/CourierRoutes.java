package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vestibule.access.CourierId;
import io.vestibule.directory.CourierDocument;
import io.vestibule.directory.CourierEntry;
import io.vestibule.directory.Directory;
import io.vestibule.directory.Registry;
import io.vestibule.json.Faults;

/** Writes, shows and removes a carrier's couriers with their keys. */
final class CourierRoutes {
  private static final String WHAT = "courier";

  private final Directory directory;
  private final Registry registry;

  CourierRoutes(Api.Entries entries) {
    this.directory = entries.directory();
    this.registry = entries.registry();
  }

  Endpoint put(Caller caller) {
    return call -> {
      CourierId id = call.newId(WHAT, CourierId::parse);
      return call.json()
          .map(document -> parse(caller, id, document))
          .compose(
              entry ->
                  registry
                      .put(entry)
                      .map(
                          written ->
                              Owned.written(written, caller, WHAT, CourierDocument.toJson(entry))));
    };
  }

  Endpoint show(Caller caller) {
    return call -> own(caller, call).map(entry -> Reply.json(200, CourierDocument.toJson(entry)));
  }

  Endpoint delete(Caller caller) {
    return call ->
        own(caller, call)
            .compose(entry -> registry.delete(entry.courier().id(), entry.courier().carrier()))
            .map(deleted -> Owned.deleted(deleted, WHAT));
  }

  private static CourierEntry parse(Caller caller, CourierId id, JsonNode document) {
    Faults faults = new Faults();
    return CourierDocument.parse(id, caller.carrier(), document, faults)
        .orElseThrow(() -> Refusal.malformed(faults));
  }

  private Future<CourierEntry> own(Caller caller, Call call) {
    return directory
        .courier(call.id(WHAT, CourierId::parse))
        .map(
            found ->
                found
                    .filter(entry -> caller.owns(entry.courier().carrier()))
                    .orElseThrow(() -> Refusal.notFound(WHAT)));
  }
}
