package io.vestibule.demo;

import io.vertx.core.Future;
import io.vestibule.access.Location;
import java.util.List;

/** Good requests that a carrier's, a manager's or an owner's decision forbids. */
final class PolicyScenes {
  private static final String NEIGHBOUR = Role.NEIGHBOUR.door();

  private final Errands errands;
  private final Cast cast;

  PolicyScenes(Errands errands, Cast cast) {
    this.errands = errands;
    this.cast = cast;
  }

  List<Scene> scenes() {
    return List.of(
        refused("suspended courier", "403 courier_suspended", cast.sid, Role.CELLAR),
        refused("lapsed screening", "403 screening_lapsed", cast.lou, Role.CELLAR),
        refused("building without consent", "403 no_consent", cast.ann, Role.UNCONSENTED),
        Scene.answered("lockdown", "423 lockdown", this::lockdown),
        Scene.answered("lockdown lifted", "200 opened", this::lifted),
        refused("suspended building", "403 building_suspended", cast.ann, Role.CLOSED_DOWN),
        refused("suspended door", "403 door_suspended", cast.ann, Role.CONDEMNED),
        refused("carrier not admitted", "403 carrier_not_admitted", cast.pia, Role.NEIGHBOUR),
        refused("outside the hours", "403 outside_hours", cast.pia, Role.CELLAR),
        Scene.answered("a kilometre away", "403 too_far", () -> near(Cast.ELSEWHERE)));
  }

  private Scene refused(String name, String expected, Courier courier, Role role) {
    return Scene.answered(name, expected, () -> errands.visit(courier, role.door()));
  }

  private Future<Answer> near(Location place) {
    return errands
        .grant(cast.ann, NEIGHBOUR)
        .compose(grant -> errands.post(errands.draft(grant).geo(place)));
  }

  private Future<Answer> lockdown() {
    return errands.lockDown(Role.NEIGHBOUR.building()).compose(nothing -> near(Cast.STREET));
  }

  private Future<Answer> lifted() {
    return errands.liftLockdown(Role.NEIGHBOUR.building()).compose(nothing -> near(Cast.STREET));
  }
}
