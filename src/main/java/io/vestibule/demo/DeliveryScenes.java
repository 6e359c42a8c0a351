package io.vestibule.demo;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Deliveries that shall work, however the network and the courier behave. */
final class DeliveryScenes {
  private static final int CROWD_COUNT = 100;

  private final Errands errands;
  private final Cast cast;

  DeliveryScenes(Errands errands, Cast cast) {
    this.errands = errands;
    this.cast = cast;
  }

  List<Scene> scenes() {
    return List.of(
        Scene.answered(
            "over HTTP, Ed25519 phone",
            "200 opened",
            () -> errands.visit(cast.ann, Role.FRONT.door())),
        Scene.answered(
            "over HTTP, P-256 phone",
            "200 opened",
            () -> errands.visit(cast.ben, Role.FRONT.door())),
        Scene.answered("at the door, over MQTT", "opened", this::atTheDoor),
        Scene.of("two parcels in one visit", "200 opened, 200 opened", this::twoParcels),
        Scene.of("retry of a lost answer", "same unlock, 1 opening", this::lostAnswer),
        Scene.of("asked to answer later", "202, then 200 opened", this::answeredLater),
        Scene.of(CROWD_COUNT + " identical posts", "1 unlock, 1 opening", this::crowd));
  }

  private Future<Answer> atTheDoor() {
    return errands
        .grant(cast.ann, Role.FRONT.door())
        .compose(grant -> errands.show(errands.draft(grant)));
  }

  private Future<String> twoParcels() {
    return errands
        .grant(cast.ann, Role.GARDEN.door())
        .compose(
            grant ->
                errands
                    .post(errands.draft(grant))
                    .compose(
                        first ->
                            errands
                                .post(errands.draft(grant).label(grant.secondLabel()))
                                .map(second -> first.text() + ", " + second.text())));
  }

  /** The courier's app drops the first answer unread. */
  private Future<String> lostAnswer() {
    return errands
        .grant(cast.ann, Role.GARDEN.door())
        .compose(
            grant -> {
              String jws = errands.draft(grant).signed();
              return errands
                  .post(grant.door(), jws)
                  .compose(
                      lost -> errands.post(grant.door(), jws).compose(again -> same(lost, again)));
            });
  }

  private Future<String> same(Answer lost, Answer again) {
    if (!again.opened() || !again.replayed() || !again.unlock().equals(lost.unlock())) {
      return Future.succeededFuture("another answer: " + again.text());
    }
    return openings(Role.GARDEN.door(), again).map(count -> "same unlock, " + count);
  }

  private Future<String> answeredLater() {
    return errands
        .grant(cast.ann, Role.GARDEN.door())
        .map(errands::draft)
        .compose(
            draft ->
                errands
                    .postAndLeave(draft)
                    .compose(
                        reply ->
                            errands
                                .poll(reply.location().orElse("/no-location"), draft)
                                .map(answer -> reply.status() + ", then " + answer.text())));
  }

  private Future<String> crowd() {
    return errands
        .grant(cast.ann, Role.GARAGE.door())
        .compose(
            grant -> {
              String jws = errands.draft(grant).signed();
              return Future.all(
                      IntStream.range(0, CROWD_COUNT)
                          .mapToObj(index -> errands.post(grant.door(), jws))
                          .toList())
                  .compose(all -> crowdSeen(all.list()));
            });
  }

  private Future<String> crowdSeen(List<Answer> answers) {
    Set<String> unlocks = new HashSet<>();
    answers.forEach(answer -> unlocks.add(answer.unlock().orElse(answer.text())));
    if (answers.stream().anyMatch(answer -> !answer.opened())) {
      return Future.succeededFuture("not all opened: " + unlocks);
    }
    long firsts = answers.stream().filter(answer -> !answer.replayed()).count();
    if (firsts != 1) {
      return Future.succeededFuture(firsts + " answers that are no replay");
    }
    return openings(Role.GARAGE.door(), answers.get(0))
        .map(count -> unlocks.size() + " unlock, " + count);
  }

  private Future<String> openings(String door, Answer answer) {
    return errands
        .openings(door, answer.unlock().orElse("none"))
        .map(count -> count + (count == 1 ? " opening" : " openings"));
  }
}
