package io.vestibule.unlock;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vestibule.access.Admission;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.BuildingPolicy;
import io.vestibule.access.CarrierId;
import io.vestibule.access.Consent;
import io.vestibule.access.Courier;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.DoorScope;
import io.vestibule.access.HourRange;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Premises;
import io.vestibule.access.Screening;
import io.vestibule.access.Site;
import io.vestibule.access.Status;
import io.vestibule.access.UnlockId;
import io.vestibule.access.WeeklyHours;
import io.vestibule.audit.AuditLog;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.Denial;
import io.vestibule.audit.DoorEvent;
import io.vestibule.command.CommandResult;
import io.vestibule.command.CommandSigner;
import io.vestibule.command.Doors;
import io.vestibule.command.Presence;
import io.vestibule.command.UnlockCommand;
import io.vestibule.concurrent.Timers;
import io.vestibule.config.Rate;
import io.vestibule.config.UnlockConfig;
import io.vestibule.directory.CourierEntry;
import io.vestibule.directory.Directory;
import io.vestibule.directory.DoorEntry;
import io.vestibule.directory.FactFinder;
import io.vestibule.directory.Facts;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claim;
import io.vestibule.grant.ClaimResult;
import io.vestibule.grant.Claims;
import io.vestibule.grant.Outcome;
import io.vestibule.json.Json;
import io.vestibule.metrics.Meters;
import io.vestibule.signing.JwkResult;
import io.vestibule.signing.Providers;
import io.vestibule.signing.Signer;
import io.vestibule.signing.VerificationKey;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.WireCourier;
import io.vestibule.time.Time;
import io.vestibule.tracing.Tracing;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** The unlock flow between a directory, claims and doors that do as a test tells them. */
final class FlowStage implements AutoCloseable {
  static final DoorId DOOR = new DoorId("front");
  static final BuildingId BUILDING = new BuildingId("elm");
  static final String GRANT = "grant-1";
  static final String LABEL = "JD014600003SE";

  final Vertx vertx = Vertx.vertx();
  final WireCourier courier;
  final ScriptedClaims claims = new ScriptedClaims();
  final ScriptedDoors doors = new ScriptedDoors();
  final FixedDirectory directory;
  final List<AuditRecord> audited = new CopyOnWriteArrayList<>();
  final ListedAudit audit = new ListedAudit(audited);
  final MeterRegistry registry;
  final UnlockFlow flow;

  /** Submissions that wait for nothing but the claims' and the doors' answers. */
  final AtomicInteger begunCount = new AtomicInteger();

  FlowStage(int inFlightMax) throws Exception {
    this(inFlightMax, Time.system());
  }

  FlowStage(int inFlightMax, Time time) throws Exception {
    this(inFlightMax, time, new SimpleMeterRegistry(), meters -> Tracing.off());
  }

  FlowStage(int inFlightMax, Time time, MeterRegistry registry, Function<Meters, Tracing> tracing)
      throws Exception {
    Providers.install();
    this.registry = registry;
    courier = new WireCourier("ana");
    directory = new FixedDirectory(key(courier));
    Meters meters = new Meters(registry);
    flow =
        new UnlockFlow(
            new UnlockFlow.Parts(
                Timers.of(vertx),
                directory,
                directory,
                claims,
                doors,
                new CommandSigner(signer(), "vestibule"),
                audit,
                meters,
                tracing.apply(meters),
                time),
            new UnlockConfig(
                Duration.ofMillis(600),
                Duration.ofMillis(300),
                inFlightMax,
                new Rate(15, Duration.ofMinutes(1))));
  }

  String request() throws Exception {
    return courier.request(DOOR.text(), GRANT, LABEL);
  }

  /** Submits on an event loop of its own. */
  CompletableFuture<Answer> submit(String request) {
    return onLoop(() -> flow.unlock(submission(request)));
  }

  /** The outcome of an answer that must be an attempt. */
  static CompletableFuture<Outcome> outcome(Answer answer) {
    return answer.match(
        underway -> underway.outcome().toCompletionStage().toCompletableFuture(),
        denied -> CompletableFuture.failedFuture(new AssertionError("denied: " + denied)));
  }

  static <T> T soon(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  static Submission submission(String request) {
    return new Submission(Edge.HTTP, Optional.of(DOOR), Buffer.buffer(request));
  }

  <T> CompletableFuture<T> onLoop(Supplier<Future<T>> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    vertx
        .getOrCreateContext()
        .runOnContext(
            nothing -> {
              Future<T> answer = work.get();
              begunCount.incrementAndGet();
              answer.onSuccess(done::complete).onFailure(done::completeExceptionally);
            });
    return done;
  }

  /** The attempt of a claim, as it is on record once it has ended. */
  static Attempt attempt(Claim claim, Outcome outcome) {
    return new Attempt(
        claim.unlock(),
        claim.requestHash(),
        claim.who(),
        claim.where(),
        claim.grant(),
        claim.at(),
        claim.deadline(),
        Optional.of(outcome));
  }

  static StoreUnavailable outage() {
    return new StoreUnavailable("test", new IOException("connection lost"));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static VerificationKey key(WireCourier courier) throws Exception {
    return VerificationKey.fromJwk(Json.read(courier.jwk()))
        .match(
            JwkResult.Accepted::key,
            fault -> {
              throw new AssertionError(fault);
            });
  }

  private static Signer signer() throws Exception {
    byte[] key =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n";
    return Signer.fromPem(pem);
  }

  /** Claims that are granted unless scripted otherwise; keeps what was closed. */
  static final class ScriptedClaims implements Claims {
    final List<Claim> claimed = new CopyOnWriteArrayList<>();
    final List<Outcome> closed = new CopyOnWriteArrayList<>();
    volatile Function<Claim, Future<ClaimResult>> onClaim =
        claim -> Future.succeededFuture(new ClaimResult.Claimed());
    volatile Function<Outcome, Future<Outcome>> onClose = Future::succeededFuture;
    volatile Function<UnlockId, Future<Optional<Attempt>>> onRead =
        unlock -> Future.succeededFuture(Optional.empty());

    @Override
    public UnlockId unlockId(BuildingId building, CourierId courier, String jti) {
      return new UnlockId("u-" + jti);
    }

    @Override
    public Future<ClaimResult> claim(Claim claim) {
      claimed.add(claim);
      return onClaim.apply(claim);
    }

    @Override
    public Future<Outcome> close(Attempt attempt, Outcome outcome) {
      return onClose.apply(outcome).onSuccess(closed::add);
    }

    @Override
    public Future<Optional<Attempt>> attempt(UnlockId unlock) {
      return onRead.apply(unlock);
    }

    @Override
    public Future<Optional<Attempt>> attempt(CourierId courier, String jti) {
      return onRead.apply(new UnlockId("u-" + jti));
    }
  }

  /** One door that opens unless scripted otherwise. */
  static final class ScriptedDoors implements Doors {
    final List<UnlockCommand> commands = new CopyOnWriteArrayList<>();
    volatile boolean online = true;
    volatile Function<UnlockCommand, Future<CommandResult>> onSend =
        command -> {
          command.written().run();
          return Future.succeededFuture(new CommandResult.Opened(Instant.now()));
        };

    volatile Supplier<Future<Boolean>> onOnline = () -> Future.succeededFuture(online);

    /** Before it is told whether the door is online. */
    volatile Runnable onLook = () -> {};

    @Override
    public Future<Boolean> online(DoorId door) {
      onLook.run();
      return onOnline.get();
    }

    @Override
    public Future<Presence> presence(DoorId door) {
      return Future.succeededFuture(Presence.offline());
    }

    @Override
    public Future<CommandResult> send(UnlockCommand command) {
      commands.add(command);
      return onSend.apply(command);
    }

    @Override
    public void disconnect(DoorId door) {
      online = false;
    }
  }

  /** One building, one door, one courier. */
  static final class FixedDirectory implements Directory, FactFinder {
    private final VerificationKey key;
    volatile boolean lockedDown;
    volatile boolean inMemory;

    /** Completes before premises are answered. */
    volatile Supplier<Future<Void>> premisesAfter = Future::succeededFuture;

    final AtomicInteger findCount = new AtomicInteger();
    volatile Optional<StoreUnavailable> outage = Optional.empty();

    FixedDirectory(VerificationKey key) {
      this.key = key;
    }

    @Override
    public Optional<Facts> known(CourierId courier, DoorId door) {
      return inMemory
          ? Optional.of(Facts.of(courier(courier).result(), premises(door).result()))
          : Optional.empty();
    }

    @Override
    public Future<Facts> find(CourierId courier, DoorId door) {
      findCount.incrementAndGet();
      Future<Optional<CourierEntry>> who = courier(courier);
      Future<Optional<Premises>> where = premises(door);
      return Future.all(who, where).map(read -> Facts.of(who.result(), where.result()));
    }

    @Override
    public Future<Optional<Building>> building(BuildingId building) {
      return answer(building());
    }

    @Override
    public Future<Optional<DoorEntry>> door(DoorId door) {
      return answer(
          new DoorEntry(door(), new ManagerId("homes"), Optional.empty(), Optional.empty()));
    }

    @Override
    public Future<Optional<Premises>> premises(DoorId door) {
      Site site = new Site(BuildingPolicy.of(building()), lockedDown ? Instant.MAX : Instant.MIN);
      return premisesAfter.get().compose(ready -> answer(new Premises(door(), site)));
    }

    @Override
    public Future<Optional<CourierEntry>> courier(CourierId courier) {
      Screening screening = new Screening(Screening.Result.PASSED, Optional.of(Instant.MAX));
      return answer(
          new CourierEntry(
              new Courier(courier, new CarrierId("swift"), screening, Status.ACTIVE),
              List.of(key)));
    }

    @Override
    public Future<Optional<BuildingId>> lastBuilding(DoorId door) {
      return answer(BUILDING);
    }

    private <T> Future<Optional<T>> answer(T value) {
      return outage
          .<Future<Optional<T>>>map(Future::failedFuture)
          .orElseGet(() -> Future.succeededFuture(Optional.of(value)));
    }

    private static Door door() {
      return new Door(DOOR, BUILDING, Status.ACTIVE, Duration.ofSeconds(5));
    }

    private static Building building() {
      HourRange always = new HourRange(EnumSet.allOf(DayOfWeek.class), 0, 24 * 60);
      Admission admission =
          new Admission(
              new CarrierId("swift"),
              DoorScope.everyDoor(),
              new WeeklyHours(List.of(always)),
              new Admission.Conditions(true, true, OptionalDouble.empty()));
      return new Building(
          BUILDING,
          new ManagerId("homes"),
          ZoneId.of("UTC"),
          Optional.of(new Consent("owners", Instant.EPOCH)),
          Optional.empty(),
          List.of(admission),
          Status.ACTIVE,
          90);
    }
  }

  static final class ListedAudit implements AuditLog {
    private final List<AuditRecord> records;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    volatile Function<Denial, Future<Boolean>> onDenial = denial -> Future.succeededFuture(true);

    ListedAudit(List<AuditRecord> records) {
      this.records = records;
    }

    @Override
    public Future<Void> append(Building building, AuditRecord record) {
      records.add(record);
      return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> append(Building building, DoorEvent event) {
      return Future.succeededFuture(true);
    }

    @Override
    public Future<Boolean> appendOnce(Building building, AuditRecord record, String name) {
      boolean fresh = names.add(name);
      if (fresh) {
        records.add(record);
      }
      return Future.succeededFuture(fresh);
    }

    @Override
    public Future<Optional<ManagerId>> owner(BuildingId building) {
      return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Boolean> append(Denial denial) {
      return onDenial.apply(denial).onSuccess(own -> records.add(denial.record()));
    }
  }

  /** For tests that hold a list of futures. */
  static <T> List<T> all(List<CompletableFuture<T>> futures) throws Exception {
    List<T> values = new ArrayList<>();
    for (CompletableFuture<T> future : futures) {
      values.add(soon(future));
    }
    return values;
  }
}
