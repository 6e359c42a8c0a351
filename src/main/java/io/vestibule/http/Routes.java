package io.vestibule.http;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.HEAD;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The routes of the API, each with who may use it. */
final class Routes {
  private static final List<Scope> POLICY = List.of(Scope.POLICY_WRITE);
  private static final List<Scope> DOORS = List.of(Scope.DOORS_WRITE);
  private static final List<Scope> COURIERS = List.of(Scope.COURIERS_WRITE);
  private static final List<Scope> GRANTS = List.of(Scope.GRANTS_WRITE);
  private static final List<Scope> AUDIT = List.of(Scope.AUDIT_READ);
  private static final List<Scope> READS_PLACES =
      List.of(Scope.POLICY_WRITE, Scope.DOORS_WRITE, Scope.DOORS_READ);

  private final Map<String, Map<String, Handler<RoutingContext>>> byPath = new LinkedHashMap<>();
  private final Gate gate;
  private final Requests requests;

  private Routes(Gate gate, Requests requests) {
    this.gate = gate;
    this.requests = requests;
  }

  /** Called on the loop that the router serves. */
  static Router router(Vertx vertx, Api api, Limits limits, Streams streams) {
    Api.Edge edge = api.edge();
    Routes routes =
        new Routes(
            new Gate(edge.auth(), edge.meters(), limits.bodyDeadline()),
            new Requests(edge.meters(), edge.time()));
    routes.unlocks(new UnlockRoutes(api.unlocks()));
    routes.buildings(
        new BuildingRoutes(api.entries()),
        new LockdownRoutes(api.entries(), api.unlocks(), edge.time()));
    routes.doors(new DoorRoutes(api.entries(), api.doorState()));
    routes.couriers(new CourierRoutes(api.entries()));
    routes.grants(
        new GrantRoutes(
            api.visits().grants(), api.entries().directory(), api.visits().idempotency()));
    routes.audit(new AuditRoutes(vertx, api, streams));
    routes.open(GET, "/.well-known/jwks.json", call -> jwks(edge.jwks()));
    routes.open(HEAD, "/.well-known/jwks.json", call -> jwks(edge.jwks()));
    return routes.build(Router.router(vertx));
  }

  private void unlocks(UnlockRoutes unlocks) {
    open(POST, "/v1/doors/:door/unlock", unlocks::unlock);
    shown("/v1/unlocks/:unlock", GRANTS, unlocks::show);
  }

  private void buildings(BuildingRoutes buildings, LockdownRoutes lockdowns) {
    guarded(PUT, "/v1/buildings/:building", POLICY, buildings::put);
    shown("/v1/buildings/:building", READS_PLACES, buildings::show);
    guarded(DELETE, "/v1/buildings/:building", POLICY, buildings::delete);
    guarded(POST, "/v1/buildings/:building/lockdown", POLICY, lockdowns::start);
    shown("/v1/buildings/:building/lockdown", READS_PLACES, lockdowns::show);
    guarded(DELETE, "/v1/buildings/:building/lockdown", POLICY, lockdowns::lift);
  }

  private void audit(AuditRoutes audit) {
    guarded(GET, "/v1/buildings/:building/audit", AUDIT, audit::records);
    guarded(GET, "/v1/buildings/:building/events", AUDIT, audit::events);
  }

  private void doors(DoorRoutes doors) {
    guarded(PUT, "/v1/doors/:door", DOORS, doors::put);
    shown("/v1/doors/:door", READS_PLACES, doors::show);
    guarded(DELETE, "/v1/doors/:door", DOORS, doors::delete);
  }

  private void couriers(CourierRoutes couriers) {
    guarded(PUT, "/v1/couriers/:courier", COURIERS, couriers::put);
    shown("/v1/couriers/:courier", COURIERS, couriers::show);
    guarded(DELETE, "/v1/couriers/:courier", COURIERS, couriers::delete);
  }

  private void grants(GrantRoutes grants) {
    guarded(POST, "/v1/grants", GRANTS, grants::create);
    shown("/v1/grants/:grant", GRANTS, grants::show);
    guarded(DELETE, "/v1/grants/:grant", GRANTS, grants::revoke);
    guarded(POST, "/v1/grants/:grant/delivered", GRANTS, grants::delivered);
  }

  /** The gateway's command-signing public keys (RFC 7517). */
  private static Future<Reply> jwks(String jwks) {
    return Future.succeededFuture(new Reply(200, "application/json", jwks, Map.of()));
  }

  private void open(HttpMethod method, String path, Endpoint endpoint) {
    put(method, path, gate.open(endpoint));
  }

  /** GET, and HEAD as RFC 9110 wants it: the same without its body. */
  private void shown(String path, List<Scope> anyOf, Function<Caller, Endpoint> endpoint) {
    guarded(GET, path, anyOf, endpoint);
    guarded(HEAD, path, anyOf, endpoint);
  }

  private void guarded(
      HttpMethod method, String path, List<Scope> anyOf, Function<Caller, Endpoint> endpoint) {
    put(method, path, gate.guarded(anyOf, endpoint));
  }

  private void put(HttpMethod method, String path, Handler<RoutingContext> handler) {
    byPath
        .computeIfAbsent(path, any -> new TreeMap<>())
        .put(method.name(), requests.of(path, handler));
  }

  private Router build(Router router) {
    byPath.forEach(
        (path, byMethod) -> {
          byMethod.forEach(
              (method, handler) -> router.route(HttpMethod.valueOf(method), path).handler(handler));
          String allow = String.join(", ", byMethod.keySet());
          router
              .route(path)
              .handler(requests.of(path, context -> gate.refuseMethod(context, allow)));
        });
    onError(
        router,
        400,
        context -> gate.refuse(context, ApiReason.BAD_REQUEST, "The URI is malformed."));
    onError(
        router,
        404,
        context -> gate.refuse(context, ApiReason.NOT_FOUND, "There is nothing here."));
    onError(router, 500, context -> gate.bug(context, context.failure()));
    return router;
  }

  private void onError(Router router, int status, Handler<RoutingContext> answer) {
    router.errorHandler(status, requests.of(Requests.NO_ROUTE, answer));
  }
}
