package io.vestibule.demo;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Good requests under a grant that does not cover them. */
final class GrantScenes {
  private static final String DOOR = Role.GARAGE.door();
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final Errands errands;
  private final Cast cast;

  GrantScenes(Errands errands, Cast cast) {
    this.errands = errands;
    this.cast = cast;
  }

  List<Scene> scenes() {
    return List.of(
        Scene.answered("grant that never was", "403 unknown_grant", this::unknown),
        Scene.answered("another courier's grant", "403 grant_mismatch", this::mismatched),
        Scene.answered("revoked grant", "403 grant_revoked", this::revoked),
        Scene.answered("unlock after delivery", "403 grant_closed", this::closed),
        Scene.answered("the same, at the door", "grant_closed", this::closedAtTheDoor),
        Scene.answered("an hour too early", "403 grant_not_started", this::notStarted),
        Scene.answered("no such parcel in hand", "403 parcel_mismatch", this::otherParcel),
        Scene.answered("third visit of two", "403 grant_used_up", this::usedUp));
  }

  /** The one that takes seconds. */
  Scene expired() {
    return Scene.answered("grant that ran out", "403 grant_expired", this::tooLate);
  }

  private Future<Answer> unknown() {
    return errands.post(errands.draft(new Grant("no-such-grant", cast.ann, DOOR, "parcel")));
  }

  private Future<Answer> mismatched() {
    return errands
        .grant(cast.ann, DOOR)
        .compose(grant -> errands.post(Draft.of(cast.ben, DOOR, grant, errands.now())));
  }

  private Future<Answer> revoked() {
    return errands
        .grant(cast.ann, DOOR)
        .compose(
            grant -> errands.revoke(grant).compose(nothing -> errands.post(errands.draft(grant))));
  }

  private Future<Answer> closed() {
    return deliveredGrant().compose(grant -> errands.post(errands.draft(grant)));
  }

  private Future<Answer> closedAtTheDoor() {
    return deliveredGrant().compose(grant -> errands.show(errands.draft(grant)));
  }

  private Future<Grant> deliveredGrant() {
    return errands
        .grant(cast.ann, Role.GARDEN.door())
        .compose(
            grant ->
                errands
                    .post(errands.draft(grant))
                    .compose(opened -> errands.delivered(grant))
                    .map(grant));
  }

  private Future<Answer> notStarted() {
    Terms later = Terms.usual().window(Duration.ofHours(1), Duration.ofHours(2));
    return errands
        .grant(cast.ann, DOOR, later)
        .compose(grant -> errands.post(errands.draft(grant)));
  }

  private Future<Answer> tooLate() {
    Terms brief = Terms.usual().window(Duration.ofMinutes(-1), SHORT);
    return errands
        .grant(cast.ann, DOOR, brief)
        .compose(
            grant ->
                errands
                    .pause(SHORT.plusMillis(500))
                    .compose(nothing -> errands.post(errands.draft(grant))));
  }

  private Future<Answer> otherParcel() {
    return errands
        .grant(cast.ann, DOOR)
        .compose(grant -> errands.post(errands.draft(grant).label("some-other-parcel")));
  }

  /** Without grace each unlock is a visit of its own. */
  private Future<Answer> usedUp() {
    return errands
        .grant(cast.ann, DOOR, Terms.usual().uses(2, 0))
        .compose(
            grant ->
                errands
                    .post(errands.draft(grant))
                    .compose(first -> errands.post(errands.draft(grant)))
                    .compose(second -> errands.post(errands.draft(grant))));
  }
}
