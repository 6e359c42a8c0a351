package io.vestibule.grant;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.GrantId;
import io.vestibule.access.ManagerId;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.DoorEvent;
import io.vestibule.audit.RecordType;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.concurrent.Timers;
import io.vestibule.directory.RedisRegistry;
import io.vestibule.directory.Registry;
import io.vestibule.store.FailureCause;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Under a key of ours is what somebody else wrote: a typed failure, and nothing half done. */
final class ForeignValuesIT {
  private static final String GRANT = "g-1";
  private static ClaimStage stage;

  private Claim claim;
  private Attempt pending;

  @BeforeAll
  static void open() throws IOException {
    stage = new ClaimStage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @BeforeEach
  void prepare() {
    stage.fixture.flush();
    stage.create(ClaimStage.grant(GRANT, 5, Duration.ofMinutes(5)));
    pending = stage.pending(GRANT);
    claim = stage.fresh(GRANT);
    stage.fixture.loop.call(() -> registry().put(ClaimStage.building(ClaimStage.ELM), "homes"));
  }

  @ParameterizedTest
  @CsvSource({
    "claim, attempt",
    "claim, grant",
    "claim, rate",
    "claim, lockdown",
    "claim, pending",
    "claim, audit",
    "close, pending attempt",
    "close, grant",
    "close, pending",
    "close, audit",
    "event, events",
    "event, audit",
    "append, audit",
    "create, new grant",
    "create, audit",
    "revoke, grant",
    "revoke, audit",
    "lift, audit",
  })
  void anotherType_isTold_andNothingElseChanges(String operation, String key) {
    plant(key(key));
    Map<String, String> before = everything();

    Throwable failure = stage.fixture.loop.failureOf(operation(operation));

    assertThat(failure)
        .isInstanceOfSatisfying(
            StoreUnavailable.class,
            away -> assertThat(away.why()).isEqualTo(FailureCause.WRONG_TYPE));
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void lockdown_holds_evenWhereItCannotBeRecorded() {
    plant(Keys.audit(ClaimStage.ELM));

    Throwable failure =
        stage.fixture.loop.failureOf(
            () -> registry().lockDown(ClaimStage.ELM, owner(), Optional.empty(), "homes"));

    assertThat(((StoreUnavailable) failure).why()).isEqualTo(FailureCause.WRONG_TYPE);
    assertThat(stage.claimed(claim)).isEqualTo("lockdown");
  }

  @ParameterizedTest
  @CsvSource({
    "not_before, soon",
    "not_after, inf",
    "not_after, nan",
    "max_uses, 1e9",
    "grace_ms, ''",
    "used, -1",
    "visit_seq, 0x7",
    "visit_pending, many",
    "visit_at, never",
  })
  void grantWithAnOddField_grantsNothing_andIsTold(String field, String value) {
    stage.fixture.command("HSET", key("grant"), field, value);

    claimIsUnreadable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not_after", "max_uses", "used", "visit_pending", "visit_due"})
  void grantThatLacksAField_grantsNothing_andIsTold(String field) {
    stage.fixture.command("HDEL", key("grant"), field);

    claimIsUnreadable();
  }

  @Test
  void timesOfClaimsThatAreNone_grantNothing() {
    stage.fixture.command("DEL", key("rate"));
    for (int count = 0; count < 15; count++) {
      stage.fixture.command("LPUSH", key("rate"), "earlier");
    }

    claimIsUnreadable();
  }

  @Test
  void attemptWithoutItsBytes_isNotClaimedAnew() {
    stage.fixture.command("HSET", key("attempt"), "state", "opened");

    claimIsUnreadable();
  }

  @ParameterizedTest
  @CsvSource({"claimed_at, then", "state, ajar", "door, a b", "retention_days, long"})
  void attemptWithAnOddField_isToldWhereItIsRead(String field, String value) {
    stage.fixture.command("HSET", key("pending attempt"), field, value);

    assertThat(unreadable(() -> stage.claims.attempt(pending.unlock()))).isTrue();
  }

  @Test
  void grantWithAnOddField_isToldWhereItIsRead() {
    stage.fixture.command("HSET", key("grant"), "max_uses", "all");

    assertThat(unreadable(() -> stage.grants.find(new GrantId(GRANT)))).isTrue();
    assertThat(unreadable(() -> stage.grants.revoke(new GrantId(GRANT), "swift"))).isTrue();
  }

  @Test
  void eventsThatCannotBeRead_areTold_andTheEventIsNotStored() {
    stage.fixture.command("HSET", key("events"), "boot-1", "yesterday");
    int before = stage.records().size();

    assertThat(unreadable(operation("event"))).isTrue();
    assertThat(stage.records()).hasSize(before);
  }

  @Test
  void pendingThatIsNoId_doesNotKeepTheSweepFromOthers() {
    String key = Keys.pending(Keys.shard(ClaimStage.ELM));
    stage.fixture.command("ZADD", key, "1", "no id");
    stage.time.advance(Duration.ofMinutes(1));

    stage.fixture.loop.call(() -> stage.claims.closeOverdue(shardIndex()));

    assertThat(stage.pendingCount()).isZero();
    assertThat(stage.find(pending.unlock()).orElseThrow().outcome())
        .containsInstanceOf(Outcome.Unknown.class);
  }

  private void claimIsUnreadable() {
    Map<String, String> before = everything();

    assertThat(unreadable(operation("claim"))).isTrue();
    assertThat(everything()).isEqualTo(before);
  }

  private boolean unreadable(Supplier<? extends Future<?>> operation) {
    return stage.fixture.loop.failureOf(operation) instanceof StoreUnavailable away
        && away.why() == FailureCause.UNREADABLE;
  }

  private Map<String, Supplier<Future<?>>> operations() {
    RedisAuditLog audit = new RedisAuditLog(stage.fixture.store);
    Outcome opened = new Outcome.Opened(stage.time.now());
    return Map.of(
        "claim", () -> stage.claims.claim(claim),
        "close", () -> stage.claims.close(pending, opened),
        "event", () -> audit.append(ClaimStage.building(ClaimStage.ELM), event()),
        "append", () -> audit.append(ClaimStage.building(ClaimStage.ELM), record()),
        "create",
            () ->
                stage.grants.create(
                    ClaimStage.grant("g-2", 1, Duration.ZERO),
                    ClaimStage.building(ClaimStage.ELM),
                    "swift"),
        "revoke", () -> stage.grants.revoke(new GrantId(GRANT), "swift"),
        "lift", () -> registry().lift(ClaimStage.ELM, owner(), "homes"));
  }

  private Map<String, String> keys() {
    BuildingId elm = ClaimStage.ELM;
    String shard = Keys.shard(elm);
    return Map.of(
        "attempt", Keys.attempt(shard, claim.unlock()),
        "pending attempt", Keys.attempt(shard, pending.unlock()),
        "grant", Keys.grant(elm, new GrantId(GRANT)),
        "new grant", Keys.grant(elm, new GrantId("g-2")),
        "rate", Keys.rate(elm, ClaimStage.DOOR),
        "lockdown", Keys.lockdown(elm),
        "pending", Keys.pending(shard),
        "audit", Keys.audit(elm),
        "events", Keys.events(elm, ClaimStage.DOOR));
  }

  private String key(String name) {
    return requireNonNull(keys().get(name));
  }

  private Supplier<Future<?>> operation(String name) {
    return requireNonNull(operations().get(name));
  }

  /** None of our keys is a set. */
  private static void plant(String key) {
    stage.fixture.command("DEL", key);
    stage.fixture.command("SADD", key, "foreign");
  }

  /** But the index entries, which are written before what they lead to. */
  private static Map<String, String> everything() {
    Map<String, String> all = new TreeMap<>();
    for (Reply key : stage.fixture.command("KEYS", "v[bd]*").list()) {
      all.put(key.text(), value(key.text()));
    }
    return all;
  }

  /** A hash' own order changes while Redis makes room for it. */
  private static String value(String key) {
    boolean hash = stage.fixture.command("TYPE", key).text().equals("hash");
    return hash
        ? new TreeMap<>(stage.fixture.command("HGETALL", key).fields()).toString()
        : stage.fixture.command("DUMP", key).text();
  }

  private static int shardIndex() {
    return Integer.parseInt(Keys.shard(ClaimStage.ELM), 16);
  }

  private static Registry registry() {
    return new RedisRegistry(
        new RedisRegistry.Parts(
            stage.fixture.vertx,
            Timers.of(stage.fixture.vertx),
            stage.fixture.store,
            new RedisAuditLog(stage.fixture.store),
            stage.time),
        key -> {});
  }

  private static ManagerId owner() {
    return new ManagerId("homes");
  }

  private static DoorEvent event() {
    return new DoorEvent(
        ClaimStage.DOOR, RecordType.DOOR_OPENED, stage.time.now(), stage.time.now(), "boot-1", 7);
  }

  private static AuditRecord record() {
    return new AuditRecord(
        RecordType.DOOR_ONLINE,
        ClaimStage.ELM,
        Optional.of(ClaimStage.DOOR),
        stage.time.now(),
        stage.time.now(),
        Map.of());
  }
}
