package io.vestibule.demo;

import io.vertx.core.Future;
import io.vestibule.signing.Algorithm;
import java.util.List;
import java.util.function.Function;

/** Requests that no honest app would sign so, or not any more. */
final class RequestScenes {
  private static final String DOOR = Role.CELLAR.door();

  private final Errands errands;
  private final Cast cast;
  private final Provisioning provisioning;

  RequestScenes(Errands errands, Cast cast, Provisioning provisioning) {
    this.errands = errands;
    this.cast = cast;
    this.provisioning = provisioning;
  }

  List<Scene> scenes() {
    return List.of(
        Scene.answered("garbage", "400 malformed", () -> errands.post(DOOR, "not.a.request")),
        signed("a life of ten minutes", "400 malformed", draft -> draft.lifeSeconds(600).signed()),
        signed(
            "HS256 with public key",
            "400 unsupported_algorithm",
            draft -> Phone.signWithPublicKey(cast.ann.phone().publicKey(), draft.claims())),
        signed(
            "no signature (alg none)",
            "400 unsupported_algorithm",
            draft -> Phone.unsigned(cast.ann.phone().publicKey(), draft.claims())),
        signed(
            "attacker's own key",
            "401 unknown_key",
            draft -> cast.attackersPhone.sign(draft.claims())),
        Scene.answered("stolen phone", "401 unknown_key", this::stolenPhone),
        signed(
            "stolen courier identity",
            "401 bad_signature",
            draft -> forged(Algorithm.EDDSA, draft)),
        signed(
            "key with another alg", "401 bad_signature", draft -> forged(Algorithm.ES256, draft)),
        signed(
            "phone's clock is ahead",
            "401 not_yet_valid",
            draft -> draft.issuedAt(errands.now().plusSeconds(60)).signed()),
        signed(
            "kept for a minute",
            "401 expired",
            draft -> draft.issuedAt(errands.now().minusSeconds(60)).signed()),
        Scene.answered("shown to another door", "403 wrong_door", this::wrongDoor),
        Scene.answered(
            "unregistered door",
            "404 unknown_door",
            () -> errands.grant(cast.ann, DOOR).compose(this::atUnknownDoor)),
        Scene.answered("same jti, other bytes", "409 replayed", this::replayed));
  }

  private Scene signed(String name, String expected, Function<Draft, String> sign) {
    return Scene.answered(
        name,
        expected,
        () ->
            errands
                .grant(cast.ann, DOOR)
                .compose(grant -> errands.post(DOOR, sign.apply(errands.draft(grant)))));
  }

  private String forged(Algorithm named, Draft draft) {
    return cast.attackersPhone.signAs(cast.ann.phone().publicKey(), named, draft.claims());
  }

  /** The phone worked, until its owner reported it. */
  private Future<Answer> stolenPhone() {
    return provisioning
        .replaceStolenPhone()
        .compose(nothing -> errands.settle())
        .compose(nothing -> errands.grant(cast.kim, DOOR))
        .compose(
            grant -> errands.post(DOOR, cast.kimsStolenPhone.sign(errands.draft(grant).claims())));
  }

  private Future<Answer> wrongDoor() {
    return errands
        .grant(cast.ann, DOOR)
        .compose(grant -> errands.post(Role.FRONT.door(), errands.draft(grant).signed()));
  }

  private Future<Answer> atUnknownDoor(Grant grant) {
    String nowhere = "door-of-nobody";
    return errands.post(Draft.of(cast.ann, nowhere, grant, errands.now()));
  }

  private Future<Answer> replayed() {
    return errands
        .grant(cast.ann, DOOR)
        .map(errands::draft)
        .compose(
            draft -> errands.post(draft).compose(opened -> errands.post(draft.lifeSeconds(31))));
  }
}
