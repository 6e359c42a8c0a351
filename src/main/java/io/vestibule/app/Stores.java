package io.vestibule.app;

import io.vertx.core.Vertx;
import io.vestibule.audit.AuditLog;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.config.Rate;
import io.vestibule.directory.Directory;
import io.vestibule.directory.LastTelemetry;
import io.vestibule.directory.RedisDirectory;
import io.vestibule.directory.RedisRegistry;
import io.vestibule.directory.Registry;
import io.vestibule.grant.Grants;
import io.vestibule.grant.IdempotencyKeys;
import io.vestibule.grant.RedisClaims;
import io.vestibule.grant.RedisGrants;
import io.vestibule.store.RedisStore;
import io.vestibule.time.Time;

/** Everything that is kept in Redis, each behind the port that the others see. */
record Stores(
    Directory directory,
    Registry registry,
    Grants grants,
    RedisClaims claims,
    IdempotencyKeys idempotency,
    AuditLog audit,
    LastTelemetry telemetry) {

  static Stores over(Vertx vertx, RedisStore store, Rate ratePerDoor, Time time) {
    AuditLog audit = new RedisAuditLog(store);
    return new Stores(
        new RedisDirectory(store, time),
        new RedisRegistry(vertx, store, audit, time),
        new RedisGrants(store, time),
        new RedisClaims(store, time, ratePerDoor),
        new IdempotencyKeys(store),
        audit,
        new LastTelemetry(store));
  }
}
