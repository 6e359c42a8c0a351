package io.vestibule.http;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.directory.BuildingDocument;
import io.vestibule.directory.Directory;
import io.vestibule.directory.Registry;
import io.vestibule.json.Faults;

/** Writes, shows and removes a manager's buildings with their admission policies. */
final class BuildingRoutes {
  private static final String WHAT = "building";

  private final Directory directory;
  private final Registry registry;

  BuildingRoutes(Api.Entries entries) {
    this.directory = entries.directory();
    this.registry = entries.registry();
  }

  Endpoint put(Caller caller) {
    return call -> {
      BuildingId id = call.newId(WHAT, BuildingId::parse);
      return call.json()
          .compose(
              document -> {
                Faults faults = new Faults();
                Building building =
                    BuildingDocument.parse(id, caller.manager(), document, faults)
                        .orElseThrow(() -> Refusal.malformed(faults));
                return registry
                    .put(building, caller.name())
                    .map(
                        written ->
                            Owned.written(
                                written, caller, WHAT, BuildingDocument.toJson(building)));
              });
    };
  }

  Endpoint show(Caller caller) {
    return call ->
        own(caller, call).map(building -> Reply.json(200, BuildingDocument.toJson(building)));
  }

  Endpoint delete(Caller caller) {
    return call ->
        own(caller, call)
            .compose(building -> registry.delete(building.id(), building.manager(), caller.name()))
            .map(deleted -> Owned.deleted(deleted, WHAT));
  }

  private Future<Building> own(Caller caller, Call call) {
    return own(directory, caller, call);
  }

  /** The building in the path, if it is the caller's. */
  static Future<Building> own(Directory directory, Caller caller, Call call) {
    return directory
        .building(call.id(WHAT, BuildingId::parse))
        .map(
            found ->
                found
                    .filter(building -> caller.owns(building.manager()))
                    .orElseThrow(() -> Refusal.notFound(WHAT)));
  }
}
