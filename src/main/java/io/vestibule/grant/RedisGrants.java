package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.GrantId;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordJson;
import io.vestibule.audit.RecordType;
import io.vestibule.audit.Retention;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.store.Call;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import io.vestibule.store.UnreadableValue;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Grants as hashes beside the attempts of their building, and one index entry each that tells the
 * building from the grant's id alone.
 */
@AnyThread
public final class RedisGrants implements Grants {
  private static final Script CREATE = Script.load("grant_create");
  private static final Script END = Script.load("grant_end");

  /** Long enough for every retry, 24 h after the last attempt ended, to find its grant. */
  private static final Duration KEPT_AFTER_END = Duration.ofDays(2);

  private final Store store;
  private final Time time;

  public RedisGrants(Store store, Time time) {
    this.store = store;
    this.time = time;
  }

  /**
   * The index entry and the grant are in different slots, so the entry comes first. Where a crash
   * left it alone, the same carrier may create the grant in the same building again.
   */
  @Override
  public Future<Boolean> create(Grant grant, Building building, String by) {
    Instant now = time.now();
    String lifeMs = Long.toString(life(grant, now).toMillis());
    String index = Keys.grantIndex(grant.id());
    String entry = building.id() + " " + grant.carrier();
    return store
        .pipelinedDurably(
            List.of(
                Call.of("SET", index, entry, "NX", "PX", lifeMs), // Absent when it was there.
                Call.of("GET", index)))
        .compose(
            replies -> {
              if (!replies.get(1).optionalText().equals(Optional.of(entry))) {
                return Future.succeededFuture(false);
              }
              return write(grant, building, by, now)
                  .compose(
                      written ->
                          written && replies.get(0).absent()
                              ? store.commandDurably("PEXPIRE", index, lifeMs).map(true)
                              : Future.succeededFuture(written));
            });
  }

  @Override
  public Future<Optional<GrantState>> find(GrantId grant) {
    return fields(grant).map(store.reading("grant " + grant, RedisGrants::state));
  }

  @Override
  public Future<Optional<GrantState>> revoke(GrantId grant, String by) {
    return end(grant, new Ending("revoked_at", RecordType.GRANT_REVOKED, by));
  }

  @Override
  public Future<Optional<GrantState>> close(GrantId grant, String by) {
    return end(grant, new Ending("closed_at", RecordType.GRANT_CLOSED, by));
  }

  /** The building that a grant's id leads to, whether or not the grant itself was written. */
  static Future<Optional<BuildingId>> building(Store store, GrantId grant) {
    return store
        .command("GET", Keys.grantIndex(grant))
        .map(store.reading("grant " + grant, RedisGrants::home));
  }

  /** An entry is building and carrier, a space between. */
  private static Optional<BuildingId> home(Reply reply) {
    return reply
        .optionalText()
        .map(
            entry ->
                BuildingId.parse(entry.split(" ", 2)[0])
                    .orElseThrow(() -> new UnreadableValue("a grant in no building")));
  }

  private Future<Boolean> write(Grant grant, Building building, String by, Instant now) {
    List<String> args = new ArrayList<>();
    args.add(Long.toString(life(grant, now).toMillis()));
    args.add(
        RecordJson.write(record(RecordType.GRANT_CREATED, grant, building.id(), new By(by, now))));
    args.add(Retention.lifeMs(building.retentionDays()));
    args.addAll(GrantFields.write(grant, building));
    return store
        .evalDurably(CREATE, keys(building.id(), grant.id()), args)
        .map(reply -> reply.number() == 1);
  }

  private Future<Optional<GrantState>> end(GrantId id, Ending ending) {
    return fields(id)
        .compose(
            fields ->
                fields
                    .map(store.reading("grant " + id, kept -> end(kept, ending)))
                    .orElseGet(() -> Future.succeededFuture(Optional.empty())));
  }

  private Future<Optional<GrantState>> end(Map<String, String> fields, Ending ending) {
    Instant now = time.now();
    GrantState state = GrantFields.read(fields);
    List<String> args = new ArrayList<>();
    args.add(ending.field());
    args.add(GrantFields.millis(now));
    args.add(
        RecordJson.write(
            record(ending.type(), state.grant(), state.building(), new By(ending.by(), now))));
    args.add(Long.toString(Duration.ofDays(GrantFields.retentionDays(fields)).toMillis()));
    return store
        .evalDurably(END, keys(state.building(), state.grant().id()), args)
        .map(RedisGrants::present)
        .map(store.reading("grant " + state.grant().id(), RedisGrants::state));
  }

  private static Optional<GrantState> state(Optional<Map<String, String>> fields) {
    return fields.map(GrantFields::read);
  }

  private Future<Optional<Map<String, String>>> fields(GrantId grant) {
    return building(store, grant)
        .compose(
            building ->
                building.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : store
                        .command("HGETALL", Keys.grant(building.get(), grant))
                        .map(RedisGrants::present));
  }

  private static Optional<Map<String, String>> present(Reply reply) {
    Map<String, String> fields = reply.fields();
    return fields.isEmpty() ? Optional.empty() : Optional.of(fields);
  }

  private static List<String> keys(BuildingId building, GrantId grant) {
    return List.of(Keys.grant(building, grant), Keys.audit(building));
  }

  private static Duration life(Grant grant, Instant now) {
    Duration untilEnd = Duration.between(now, grant.window().notAfter());
    return untilEnd.isNegative() ? KEPT_AFTER_END : untilEnd.plus(KEPT_AFTER_END);
  }

  private static AuditRecord record(RecordType type, Grant grant, BuildingId building, By by) {
    return new AuditRecord(
        type,
        building,
        Optional.of(grant.door()),
        by.at(),
        by.at(),
        Map.of(
            "grant", grant.id().text(),
            "courier", grant.courier().text(),
            "carrier", grant.carrier().text(),
            "by", by.tenant()));
  }

  private record Ending(String field, RecordType type, String by) {}

  private record By(String tenant, Instant at) {}
}
