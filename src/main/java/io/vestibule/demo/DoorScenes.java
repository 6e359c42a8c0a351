package io.vestibule.demo;

import io.vertx.core.Future;
import io.vestibule.client.Behaviour;
import java.util.List;

/** Doors that do not do as they are told, and couriers who ask one too often. */
final class DoorScenes {
  private static final String STUBBORN = Role.STUBBORN.door();
  private static final int BURST_COUNT_MAX = 100;

  private final Errands errands;
  private final Cast cast;

  DoorScenes(Errands errands, Cast cast) {
    this.errands = errands;
    this.cast = cast;
  }

  List<Scene> scenes() {
    return List.of(
        Scene.answered(
            "offline door", "503 door_offline", () -> errands.visit(cast.ann, Role.ABSENT.door())),
        Scene.of("refused use given back", "502, then 200 opened", this::refusedThenOpened),
        Scene.of("door away and back", "503, then 200 opened", this::awayAndBack),
        Scene.answered("door fails", "502 door_refused", this::failing),
        Scene.answered("one door too often", "429 rate_limited", this::burst));
  }

  /** The one that takes the whole of the gateway's patience. */
  Scene silent() {
    return Scene.answered(
        "silent door", "504 door_timed_out", () -> errands.visit(cast.ann, Role.SILENT.door()));
  }

  /** The grant is good for one visit: it opens only because the refused one was given back. */
  private Future<String> refusedThenOpened() {
    return thenObedient(Behaviour.REFUSING);
  }

  /** A door that was away has used nothing. */
  private Future<String> awayAndBack() {
    return thenObedient(Behaviour.OFFLINE);
  }

  private Future<String> thenObedient(Behaviour before) {
    return errands
        .grant(cast.ann, STUBBORN)
        .compose(
            grant ->
                behave(before)
                    .compose(nothing -> errands.post(errands.draft(grant)))
                    .compose(
                        first ->
                            behave(Behaviour.OBEDIENT)
                                .compose(nothing -> errands.post(errands.draft(grant)))
                                .map(second -> first.status() + ", then " + second.text())));
  }

  private Future<Answer> failing() {
    return behave(Behaviour.FAILING).compose(nothing -> errands.visit(cast.ann, STUBBORN));
  }

  private Future<Void> behave(Behaviour as) {
    return errands.door(STUBBORN).behave(as);
  }

  private Future<Answer> burst() {
    return errands
        .grant(cast.ann, Role.CELLAR.door(), Terms.usual().uses(100, 900))
        .compose(grant -> again(grant, BURST_COUNT_MAX));
  }

  private Future<Answer> again(Grant grant, int left) {
    return errands
        .post(errands.draft(grant))
        .compose(
            answer ->
                answer.opened() && left > 0
                    ? again(grant, left - 1)
                    : Future.succeededFuture(answer));
  }
}
