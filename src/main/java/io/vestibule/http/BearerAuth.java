package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.Identifiers;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.config.AuthConfig;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Believes the bearer JWTs (RFC 6750, 7519) of one issuer, by its published keys. */
@AnyThread
public final class BearerAuth {
  private static final Duration LEEWAY = Duration.ofSeconds(5);
  // 9999-12-31; a time past it is a mistake, and arithmetic on it might overflow.
  private static final double EPOCH_SECOND_MAX = 253_402_300_799.0;

  private final AuthConfig config;
  private final Jwks jwks;
  private final Time time;

  private BearerAuth(AuthConfig config, Jwks jwks, Time time) {
    this.config = config;
    this.jwks = jwks;
    this.time = time;
  }

  /** Reads the issuer's keys; fails with {@link NotStarted} where there is none to be had. */
  public static Future<BearerAuth> open(Vertx vertx, AuthConfig config, Time time) {
    return Jwks.open(vertx, config.jwks(), time).map(jwks -> new BearerAuth(config, jwks, time));
  }

  /**
   * A reading of the issuer's keys.
   *
   * @param at when the keys that are used were read
   * @param failing whether it was tried again since, in vain
   */
  public record KeysRead(Instant at, boolean failing) {}

  public KeysRead keysRead() {
    return jwks.read();
  }

  public void close() {
    jwks.close();
  }

  /**
   * Of an Authorization header. Fails only with {@link Refusal}; completes on the caller's context.
   */
  Future<Caller> authenticate(Optional<String> authorization) {
    if (authorization.isEmpty()) {
      return Future.failedFuture(unauthorized("A bearer token is asked for.", "Bearer"));
    }
    Optional<BearerToken> token = bearer(authorization.get()).flatMap(BearerToken::parse);
    if (token.isEmpty()) {
      return Future.failedFuture(invalid("not a signed JWT"));
    }
    return key(token.get()).compose(key -> believe(token.get(), key));
  }

  static Refusal insufficientScope(String wanted) {
    String challenge = "Bearer error=\"insufficient_scope\", scope=\"" + wanted + "\"";
    return new Refusal(
        Problem.of(ApiReason.INSUFFICIENT_SCOPE, "The token lacks the scope: " + wanted + ".")
            .withHeader("WWW-Authenticate", challenge));
  }

  private Future<Optional<BearerKey>> key(BearerToken token) {
    Optional<BearerKey> known = jwks.keys().find(token);
    return known.isPresent()
        ? Future.succeededFuture(known)
        : jwks.refreshed().map(keys -> keys.find(token));
  }

  private Future<Caller> believe(BearerToken token, Optional<BearerKey> key) {
    if (key.isEmpty()) {
      return Future.failedFuture(invalid("no key of the issuer fits"));
    }
    JsonNode claims = token.claims();
    // The library behind the signature also reads the times, and throws at one that is no number.
    Optional<String> fault = untimely(claims).or(() -> foreign(claims));
    if (fault.isPresent()) {
      return Future.failedFuture(invalid(fault.get()));
    }
    return key.get().verifies(token)
        ? caller(claims)
        : Future.failedFuture(invalid("the signature does not verify"));
  }

  private Optional<String> foreign(JsonNode claims) {
    if (!config.issuer().equals(claims.path("iss").textValue())) {
      return Optional.of("another issuer");
    }
    JsonNode audience = claims.path("aud");
    boolean ours = config.audience().equals(audience.textValue());
    for (JsonNode one : audience) {
      ours |= audience.isArray() && config.audience().equals(one.textValue());
    }
    return ours ? Optional.empty() : Optional.of("another audience");
  }

  private Optional<String> untimely(JsonNode claims) {
    Instant now = time.now();
    Optional<Instant> expires = instant(claims, "exp");
    // Without leeway, as streams end: what is over for one is over for all.
    if (expires.isEmpty() || !now.isBefore(expires.get())) {
      return Optional.of("expired, or without exp");
    }
    for (String claim : Set.of("nbf", "iat")) {
      Optional<Instant> from = instant(claims, claim);
      if (claims.has(claim) && (from.isEmpty() || now.plus(LEEWAY).isBefore(from.get()))) {
        return Optional.of(claim + " is in the future");
      }
    }
    return Optional.empty();
  }

  private static Future<Caller> caller(JsonNode claims) {
    Set<Scope> scopes = Scope.parse(claims.path("scope").asText(""));
    Optional<String> tenant = Optional.ofNullable(claims.path("tenant").textValue());
    boolean legal = tenant.filter(Identifiers::legal).isPresent();
    if (!legal && (claims.has("tenant") || !scopes.contains(Scope.OPERATOR))) {
      return Future.failedFuture(invalid("tenant is no identifier"));
    }
    Instant expires = instant(claims, "exp").orElseThrow();
    return Future.succeededFuture(new Caller(tenant, scopes, expires));
  }

  private static Optional<Instant> instant(JsonNode claims, String name) {
    JsonNode value = claims.path(name);
    boolean sane = value.isNumber() && Math.abs(value.doubleValue()) <= EPOCH_SECOND_MAX;
    return sane ? Optional.of(Instant.ofEpochSecond(value.longValue())) : Optional.empty();
  }

  private static Optional<String> bearer(String authorization) {
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? Optional.of(authorization.substring(7).strip())
        : Optional.empty();
  }

  private static Refusal invalid(String why) {
    return unauthorized(
        "The bearer token is refused: " + why + ".", "Bearer error=\"invalid_token\"");
  }

  private static Refusal unauthorized(String detail, String challenge) {
    return new Refusal(
        Problem.of(ApiReason.UNAUTHORIZED, detail).withHeader("WWW-Authenticate", challenge));
  }
}
