package io.vestibule.simulation;

import io.vestibule.access.Reason;
import io.vestibule.grant.Grant;
import io.vestibule.unlock.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/** Couriers at doors: they ask, ask again with the same bytes, and some cheat. */
final class Couriers {
  private static final int VISITS_MAX = 45;
  private static final int TRIES_MAX = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(13);

  private final World world;
  private final SplittableRandom random;
  private int jtiCount;

  Couriers(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  void start() {
    int count = 15 + random.nextInt(VISITS_MAX - 15);
    for (int index = 0; index < count; index++) {
      world.agenda.at(upTo((int) World.BUSY.toMillis()), this::visit);
    }
  }

  private void visit() {
    Grant grant = anyGrant();
    String jti = String.format("jti-%016d", jtiCount++);
    Instant now = NodeClock.START.plus(world.agenda.now());
    Request request = Town.request(grant, jti, now);
    submit(request, 1);
    if (random.nextInt(4) == 0) {
      world.happened.count("sent twice at once");
      world.agenda.after(upTo(80), () -> submit(request, TRIES_MAX));
    }
    if (random.nextInt(8) == 0) {
      Grant other = random.nextBoolean() ? grant : anyGrant();
      Request replay = Town.request(other, jti, now.plusSeconds(1));
      if (other.courier().equals(grant.courier())) {
        world.happened.count("replayed elsewhere", !other.door().equals(grant.door()));
        world.agenda.after(upTo(random.nextBoolean() ? 50 : 9_000), () -> submit(replay, 3));
      }
    }
  }

  private void submit(Request request, int tries) {
    Optional<Node> to = world.nodes().stream().filter(node -> reaches(node, request)).findAny();
    if (to.isEmpty() || random.nextInt(5) == 0) {
      to = world.anyNode(random);
    }
    if (to.isEmpty()) {
      again(request, tries);
      return;
    }
    Node node = to.get();
    Patience patience = new Patience();
    node.deliver(upTo(20), () -> ask(node, request, tries, patience));
    world.agenda.after(PATIENCE, () -> giveUp(request, tries, patience));
  }

  private static boolean reaches(Node node, Request request) {
    return node.alive() && node.online(request.door()).result();
  }

  private void ask(Node node, Request request, int tries, Patience patience) {
    world.trace.note(node + " is asked: " + request);
    world.chaos.lockDownPerhaps(Town.DOORS.get(request.door()));
    world.chaos.dropPerhaps(request.door());
    Checker.Asked asked = world.checker.asked(node, request);
    node.submit(request)
        .onFailure(world::bug)
        .onSuccess(
            answer ->
                answer.match(
                    underway -> {
                      underway
                          .outcome()
                          .onSuccess(outcome -> world.checker.ended(asked, underway, outcome))
                          .onFailure(
                              failure -> {
                                world.troubled(failure);
                                world.checker.unclosed(underway);
                              })
                          .onComplete(ended -> answered(request, tries, patience, false));
                      return answer;
                    },
                    denied -> {
                      world.checker.denied(asked, denied);
                      answered(request, tries, patience, worthwhile(denied));
                      return answer;
                    }));
  }

  private static boolean worthwhile(Answer.Denied denied) {
    return denied.reason() == Reason.STORE_UNAVAILABLE || denied.reason() == Reason.DOOR_OFFLINE;
  }

  private void answered(Request request, int tries, Patience patience, boolean wanted) {
    patience.over = true;
    if (wanted || random.nextInt(4) == 0) {
      again(request, tries);
    }
  }

  private void giveUp(Request request, int tries, Patience patience) {
    if (!patience.over) {
      patience.over = true;
      world.happened.count("no answer");
      again(request, tries);
    }
  }

  private void again(Request request, int tries) {
    if (tries < TRIES_MAX) {
      world.happened.count("asked again");
      world.agenda.after(upTo(4_000), () -> submit(request, tries + 1));
    }
  }

  private Grant anyGrant() {
    return world.grants.get(random.nextInt(world.grants.size()));
  }

  private Duration upTo(int milliseconds) {
    return Duration.ofMillis(random.nextInt(milliseconds));
  }

  /** Whether an app still waits. */
  private static final class Patience {
    private boolean over;
  }
}
