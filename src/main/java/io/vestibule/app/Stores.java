package io.vestibule.app;

import io.vestibule.audit.AuditLog;
import io.vestibule.audit.AuditReader;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.audit.RedisAuditReader;
import io.vestibule.audit.SuppressedRecords;
import io.vestibule.audit.Trimming;
import io.vestibule.concurrent.Timers;
import io.vestibule.config.Config;
import io.vestibule.directory.Directory;
import io.vestibule.directory.DirectoryWatcher;
import io.vestibule.directory.Guesses;
import io.vestibule.directory.LastTelemetry;
import io.vestibule.directory.NearCachedDirectory;
import io.vestibule.directory.RedisDirectory;
import io.vestibule.directory.RedisRegistry;
import io.vestibule.directory.Registry;
import io.vestibule.grant.Grants;
import io.vestibule.grant.IdempotencyKeys;
import io.vestibule.grant.RedisClaims;
import io.vestibule.grant.RedisGrants;
import io.vestibule.grant.Sweep;
import io.vestibule.metrics.Count;
import io.vestibule.store.RedisStore;
import io.vestibule.time.Time;
import java.util.List;

/** Everything that is kept in Redis, each behind the port that the others see. */
record Stores(
    Directory directory,
    NearCachedDirectory cached,
    Registry registry,
    Grants grants,
    RedisClaims claims,
    IdempotencyKeys idempotency,
    AuditLog audit,
    AuditReader auditReader,
    LastTelemetry telemetry,
    List<Sweep.Chore> chores,
    Sweep.Chore trimming) {

  static Stores over(Platform platform, RedisStore store, Config config, DirectoryWatcher watcher) {
    Time time = platform.time();
    Guesses guesses = new Guesses();
    AuditLog audit = new RedisAuditLog(store);
    RedisClaims claims =
        new RedisClaims(
            store,
            time,
            config.unlock().ratePerDoor(),
            platform.meters().tally(Count.ATTEMPTS_OVERDUE));
    NearCachedDirectory cached =
        new NearCachedDirectory(
            new NearCachedDirectory.Parts(store, platform.meters(), time, guesses),
            config.cache(),
            watcher);
    return new Stores(
        new RedisDirectory(store, time, guesses),
        cached,
        new RedisRegistry(
            new RedisRegistry.Parts(
                platform.vertx(), Timers.of(platform.vertx()), store, audit, time),
            cached::changed),
        new RedisGrants(store, time),
        claims,
        new IdempotencyKeys(store),
        audit,
        new RedisAuditReader(store, platform.meters(), time),
        new LastTelemetry(store),
        List.of(
            new Sweep.Chore("overdue", claims::closeOverdue),
            new Sweep.Chore("suppressed", new SuppressedRecords(store, time)::write)),
        new Sweep.Chore("trim", new Trimming(store)::trim));
  }
}
