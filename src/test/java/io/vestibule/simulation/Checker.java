package io.vestibule.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.command.UnlockCommand;
import io.vestibule.grant.Claims;
import io.vestibule.grant.Grant;
import io.vestibule.grant.Outcome;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.store.Call;
import io.vestibule.store.Keys;
import io.vestibule.unlock.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds what happens against what must always be, after every step: what doors did and were told
 * to, the audit log and what Redis keeps. Where Redis forgets acknowledged writes, the log may lack
 * records, an attempt may be claimed and commanded a second time under the same id, and a use may
 * come back, and a later answer may differ; a door still opens at most once for it, and never
 * without a claim that was made.
 */
final class Checker {
  /** A sweep comes by in so long at the latest. */
  private static final Duration SWEEP_ROUND = Duration.ofSeconds(12);

  /** As long as Redis leaves an overdue attempt alone. */
  private static final Duration OVERDUE_AFTER = Duration.ofSeconds(2);

  /** Of five seconds, what is left for an ack where all before took its time. */
  private static final Duration ACK_WAIT_MIN = Duration.ofMillis(3_400);

  private final World world;
  private final Map<String, Life> lives = new LinkedHashMap<>();
  private final Map<String, String> outcomes = new HashMap<>();
  private final Map<String, UnlockId> openedByJti = new HashMap<>();
  private final Set<String> changed = new HashSet<>();
  private final Map<BuildingId, Integer> recordsSeen = new HashMap<>();
  // By node and building, when the latest change of its lockdown was told; by building, when made.
  private final Map<Node, Map<BuildingId, Duration>> told = new HashMap<>();
  private final Map<BuildingId, Duration> lockdownChangedAt = new HashMap<>();
  private final Map<String, String> jtis = new HashMap<>();
  private final Set<String> closedHashes = new HashSet<>();
  // Of all answers, by how they must have been counted.
  private final Map<String, Integer> answers = new TreeMap<>();
  private final Map<String, Integer> countedBefore = counted();
  private int failOversSeen;
  private Duration lookedAt = Duration.ZERO;

  /** One attempt, by its id. */
  static final class Life {
    final String unlock;
    // Who claimed it, as far as that is known.
    final Set<Node> by = new HashSet<>();
    final Map<Node, Integer> troubleAtClaim = new HashMap<>();
    String jti = "";
    // By the log, as it is now.
    int grantedCount;
    int closingCount;
    String state = "";
    String grant = "";
    Duration grantedAt = Duration.ZERO;
    Duration claimSentAt = Duration.ZERO;
    // For good.
    boolean everGranted;
    int commandCount;
    boolean opened;
    Duration heardAt = Duration.ZERO;

    Life(String unlock) {
      this.unlock = unlock;
    }
  }

  /** One question to one node. */
  record Asked(Node node, Request request, boolean onRecord) {}

  Checker(World world) {
    this.world = world;
    world.server.redis.onChange(changed::add);
    world.server.redis.onChange(
        key ->
            Keys.readLockdown(key)
                .ifPresent(building -> lockdownChangedAt.put(building, world.agenda.now())));
  }

  /** Sees each claim on its way, and when its node hears of it. */
  Claims watched(Node node, Claims claims) {
    return new WatchedClaims(
        claims,
        claim -> claiming(node, claim.unlock(), claim.requestHash()),
        claim -> life(claim.unlock().text()).heardAt = world.agenda.now());
  }

  private void claiming(Node node, UnlockId unlock, String hash) {
    Life life = life(unlock.text());
    life.jti = jtis.getOrDefault(hash, "");
    if (life.by.isEmpty()) {
      life.claimSentAt = world.agenda.now();
    }
    life.by.add(node);
    life.troubleAtClaim.putIfAbsent(node, node.troubleCount());
  }

  Asked asked(Node node, Request request) {
    jtis.put(request.hash(), request.courier() + "/" + request.jti());
    return new Asked(node, request, closedHashes.contains(request.hash()));
  }

  void told(Node node, BuildingId building) {
    told.computeIfAbsent(node, first -> new HashMap<>()).put(building, world.agenda.now());
  }

  void commanded(Node node, UnlockCommand command) {
    scan();
    Life life = life(command.unlock().text());
    life.commandCount++;
    require(life.everGranted, "commanded without a claim: " + life.unlock);
    require(life.commandCount == 1 || world.kind.forgets(), "commanded again: " + life.unlock);
    require(!deafTo(node, command, life), "commanded in a lockdown: " + life.unlock);
    require(!command.ackTimeout().isZero(), "commanded past its deadline: " + life.unlock);
    require(
        !life.state.equals("refused") || world.kind.forgets(),
        "commanded although it was refused: " + life.unlock);
  }

  /** Whether the node was told of the lockdown in force before it heard of its claim. */
  private boolean deafTo(Node node, UnlockCommand command, Life life) {
    BuildingId building = Town.DOORS.get(command.door());
    Duration changedAt = lockdownChangedAt.getOrDefault(building, Duration.ZERO);
    Duration toldAt = told.getOrDefault(node, Map.of()).getOrDefault(building, Duration.ZERO);
    return !world.server.call(Call.of("GET", Keys.lockdown(building))).absent()
        && toldAt.compareTo(changedAt) > 0
        && toldAt.compareTo(life.heardAt) < 0;
  }

  void opened(DoorId door, UnlockId unlock) {
    Life life = life(unlock.text());
    life.opened = true;
    require(life.commandCount > 0, "opened uncommanded: " + unlock);
    // Where Redis forgets, each door still knows what it has done.
    String once = world.kind.forgets() ? life.jti + " at " + door : life.jti;
    UnlockId before = openedByJti.putIfAbsent(once, unlock);
    require(before == null, "opened twice for one jti: " + unlock + " after " + before);
    require(
        !life.state.equals("refused") || world.kind.forgets(),
        "opened although it was refused: " + unlock);
  }

  void denied(Asked asked, Answer.Denied denied) {
    answers.merge(denied.reason().code(), 1, Integer::sum);
    world.happened.count("denied " + denied.reason().code());
    world.trace.note(asked.node() + " denies " + asked.request().jti() + ": " + denied.reason());
    boolean excused =
        denied.reason() == Reason.STORE_UNAVAILABLE || denied.reason() == Reason.OVERLOADED;
    require(
        !asked.onRecord() || excused || world.kind.forgets(),
        "a retry was denied: " + asked.request());
  }

  /** Its outcome could not be put on record in time. */
  void unclosed(Answer.Underway underway) {
    answered(underway, Reason.STORE_UNAVAILABLE.code());
  }

  private void answered(Answer.Underway underway, String reason) {
    answers.merge(underway.replayed() ? "replayed" : reason, 1, Integer::sum);
  }

  void ended(Asked asked, Answer.Underway underway, Outcome outcome) {
    answered(underway, outcome.why().map(Reason::code).orElse("none"));
    String unlock = underway.attempt().unlock().text();
    String state = outcome.state();
    world.trace.note(asked.node() + " answers " + asked.request().jti() + ": " + outcome);
    world.happened.count("answered " + state);
    world.happened.count(
        "answered " + outcome.why().map(Reason::code).orElse(state) + " again",
        underway.replayed());
    require(
        underway.attempt().requestHash().equals(asked.request().hash()),
        "answered with the outcome of other bytes: " + asked.request());
    Life life = life(unlock);
    require(!state.equals("opened") || life.opened, "said to have opened: " + unlock);
    require(
        !state.equals("refused") || !life.opened || world.kind.forgets(),
        "said to be refused: " + unlock);
    String before = outcomes.putIfAbsent(asked.request().hash(), state);
    require(
        before == null || before.equals(state) || world.kind.forgets(),
        "answered " + before + ", then " + state + ": " + asked.request());
    require(
        life.state.isEmpty() || life.state.equals(state) || world.kind.forgets(),
        "answered " + state + " and recorded " + life.state + ": " + unlock);
  }

  void afterStep() {
    scan();
    if (world.agenda.now().minus(lookedAt).compareTo(Duration.ofSeconds(1)) > 0) {
      lookedAt = world.agenda.now();
      pending();
    }
  }

  private void scan() {
    if (failOversSeen != world.server.failOverCount()) {
      failOversSeen = world.server.failOverCount();
      readAgain();
    }
    if (!changed.isEmpty()) {
      Town.BUILDINGS.stream().filter(id -> changed.contains(Keys.audit(id))).forEach(this::read);
      world.grants.forEach(this::uses);
      changed.clear();
    }
  }

  private void readAgain() {
    recordsSeen.clear();
    for (Life life : lives.values()) {
      life.grantedCount = 0;
      life.closingCount = 0;
      life.state = "";
    }
    Town.BUILDINGS.forEach(this::read);
  }

  private void read(BuildingId building) {
    int from = recordsSeen.getOrDefault(building, 0);
    List<String> fresh = world.server.redis.records(Keys.audit(building), from);
    recordsSeen.put(building, from + fresh.size());
    for (String text : fresh) {
      JsonNode record = json(text);
      switch (record.path("type").asText()) {
        case "vestibule.unlock.granted" -> granted(building, record);
        case "vestibule.unlock.opened" -> closed(record, "opened");
        case "vestibule.unlock.refused" -> closed(record, "refused");
        case "vestibule.unlock.unknown" -> closed(record, "unknown");
        case "vestibule.unlock.late_ack" -> world.happened.count("late ack recorded");
        default -> {}
      }
    }
  }

  private void granted(BuildingId building, JsonNode record) {
    Life life = life(record.path("data").path("unlock").asText());
    life.grantedCount++;
    life.everGranted = true;
    life.grantedAt = world.agenda.now();
    life.grant = record.path("data").path("grant").asText();
    require(life.grantedCount == 1, "granted twice: " + life.unlock);
    if (failOversSeen > 0) {
      return;
    }
    require(
        world.server.call(Call.of("GET", Keys.lockdown(building))).absent(),
        "granted in a lockdown: " + life.unlock);
    Map<String, String> grant =
        world.server.redis.hash(Keys.grant(building, new io.vestibule.access.GrantId(life.grant)));
    require(
        !grant.containsKey("revoked_at") && !grant.containsKey("closed_at"),
        "granted under a grant that has ended: " + life.unlock);
  }

  private void closed(JsonNode record, String state) {
    Life life = life(record.path("data").path("unlock").asText());
    String reason = record.path("data").path("reason").asText();
    boolean bySweep = state.equals("unknown") && life.by.stream().noneMatch(Node::alive);
    world.happened.count("closed as " + (reason.isEmpty() ? state : reason));
    world.happened.count("closed for a dead node", bySweep);
    life.closingCount++;
    life.state = state;
    // What was never commanded may be denied anew: its door surely did not open.
    if (life.commandCount > 0) {
      keep(life);
    }
    if (world.kind.forgets()) {
      return;
    }
    require(life.closingCount == 1, "closed twice: " + life.unlock);
    require(life.grantedCount == 1, "closed and never granted: " + life.unlock);
    require(!state.equals("opened") || life.opened, "recorded as opened: " + life.unlock);
    require(
        !state.equals("refused") || !life.opened, "opened, recorded as refused: " + life.unlock);
    if (state.equals("unknown") && !world.kind.clocksStep()) {
      soundUnknown(life);
    }
  }

  private void keep(Life life) {
    String shard = Keys.shard(new UnlockId(life.unlock)).orElse("000");
    String hash =
        world
            .server
            .redis
            .hash(Keys.attempt(shard, new UnlockId(life.unlock)))
            .getOrDefault("request_hash", "");
    closedHashes.add(hash);
  }

  /** Unknown is the word of a silent door or of a dead node, not of an impatient one. */
  private void soundUnknown(Life life) {
    Duration age = world.agenda.now().minus(life.claimSentAt);
    require(age.compareTo(ACK_WAIT_MIN) >= 0, "given up too early: " + life.unlock);
    int troubles = 0;
    for (Node node : life.by) {
      troubles += node.alive() ? 0 : 9;
      troubles += node.troubleCount() - life.troubleAtClaim.getOrDefault(node, 0);
    }
    require(
        life.commandCount > 0 || troubles > 1,
        "never commanded, and not known to be refused: " + life.unlock);
  }

  private void uses(Grant grant) {
    Map<String, String> kept = grantHash(grant);
    int used = Integer.parseInt(kept.getOrDefault("used", "0"));
    require(used >= 0 && used <= grant.uses().countMax(), "uses of " + grant.id() + " are " + used);
  }

  private Map<String, String> grantHash(Grant grant) {
    return world.server.redis.hash(Keys.grant(Town.DOORS.get(grant.door()), grant.id()));
  }

  private void pending() {
    if (world.faults.quietFor().compareTo(SWEEP_ROUND.plusSeconds(4)) < 0) {
      return;
    }
    long now = NodeClock.START.plus(world.agenda.now()).toEpochMilli();
    long slack =
        OVERDUE_AFTER
            .plus(SWEEP_ROUND)
            .plus(world.kind.skewMax().multipliedBy(2))
            .plusSeconds(2)
            .toMillis();
    for (BuildingId building : Town.BUILDINGS) {
      world
          .server
          .redis
          .sorted(Keys.pending(Keys.shard(building)))
          .forEach(
              (unlock, deadline) -> require(now <= deadline + slack, "left pending: " + unlock));
    }
  }

  void atTheEnd() {
    for (Node node : world.nodes()) {
      require(node.flow.inFlightCount() == 0, node + " still has attempts under way");
    }
    for (BuildingId building : Town.BUILDINGS) {
      require(
          world.server.redis.sorted(Keys.pending(Keys.shard(building))).isEmpty(),
          "attempts are pending at the end");
    }
    for (Life life : lives.values()) {
      end(life);
    }
    if (!world.kind.forgets()) {
      world.grants.forEach(this::visits);
    }
    Map<String, Integer> fresh = counted();
    countedBefore.forEach((reason, count) -> fresh.merge(reason, -count, Integer::sum));
    fresh.values().removeIf(count -> count == 0);
    require(fresh.equals(answers), "counted " + fresh + " of " + answers);
  }

  /** What the metrics of all gateways together say so far: reasons, and how often. */
  private static Map<String, Integer> counted() {
    Map<String, Integer> all = new TreeMap<>();
    for (Counter counter : Node.REGISTRY.get("vestibule.unlocks").counters()) {
      all.merge(counter.getId().getTag("reason"), (int) counter.count(), Integer::sum);
    }
    for (Counter counter : Node.REGISTRY.get("vestibule.unlocks.replayed").counters()) {
      all.merge("replayed", (int) counter.count(), Integer::sum);
    }
    return all;
  }

  private void end(Life life) {
    world.happened.count("attempt granted", life.everGranted);
    require(
        life.grantedCount == life.closingCount || world.kind.forgets(),
        "granted and never closed: " + life.unlock);
    require(
        !life.opened || !life.state.equals("refused") || world.kind.forgets(),
        "opened, recorded as refused: " + life.unlock);
    require(
        !life.opened || life.closingCount > 0 || world.kind.forgets(),
        "opened without a record: " + life.unlock);
  }

  /**
   * Uses are no fewer than the openings tell, and no more than the attempts that may have opened.
   */
  private void visits(Grant grant) {
    List<Life> counted =
        lives.values().stream()
            .filter(life -> life.grant.equals(grant.id().text()))
            .filter(life -> life.state.equals("opened") || life.state.equals("unknown"))
            .sorted((one, other) -> one.grantedAt.compareTo(other.grantedAt))
            .toList();
    int used = Integer.parseInt(grantHash(grant).getOrDefault("used", "0"));
    Duration apart =
        grant.uses().grace().isZero()
            ? Duration.ofNanos(1)
            : grant.uses().grace().plusSeconds(12).plus(world.kind.skewMax().multipliedBy(2));
    int surely = 0;
    Optional<Duration> began = Optional.empty();
    for (Life life : counted) {
      Duration at = life.grantedAt;
      if (began.isEmpty() || at.compareTo(began.get().plus(apart)) >= 0) {
        surely++;
        began = Optional.of(at);
      }
    }
    require(used >= surely, grant.id() + " has " + used + " uses of at least " + surely);
    require(used <= counted.size(), grant.id() + " has " + used + " uses of " + counted.size());
  }

  private Life life(String unlock) {
    return lives.computeIfAbsent(unlock, Life::new);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      world.fail(new Violation(world, otherwise));
    }
  }

  private static JsonNode json(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJson e) {
      throw new IllegalStateException(text, e);
    }
  }
}
