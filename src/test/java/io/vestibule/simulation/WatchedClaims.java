package io.vestibule.simulation;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.UnlockId;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claim;
import io.vestibule.grant.ClaimResult;
import io.vestibule.grant.Claims;
import io.vestibule.grant.Outcome;
import java.util.Optional;
import java.util.function.Consumer;

/** Claims that tell of each claim before it is made. */
class WatchedClaims implements Claims {
  private final Claims claims;
  private final Consumer<Claim> claiming;
  private final Consumer<Claim> heard;

  WatchedClaims(Claims claims, Consumer<Claim> claiming) {
    this(claims, claiming, claim -> {});
  }

  /** {@code heard} is told once its result has come. */
  WatchedClaims(Claims claims, Consumer<Claim> claiming, Consumer<Claim> heard) {
    this.claims = claims;
    this.claiming = claiming;
    this.heard = heard;
  }

  @Override
  public UnlockId unlockId(BuildingId building, CourierId courier, String jti) {
    return claims.unlockId(building, courier, jti);
  }

  @Override
  public Future<ClaimResult> claim(Claim claim) {
    claiming.accept(claim);
    return claims.claim(claim).onSuccess(result -> heard.accept(claim));
  }

  @Override
  public Future<Outcome> close(Attempt attempt, Outcome outcome) {
    return claims.close(attempt, outcome);
  }

  @Override
  public Future<Optional<Attempt>> attempt(UnlockId unlock) {
    return claims.attempt(unlock);
  }

  @Override
  public Future<Optional<Attempt>> attempt(CourierId courier, String jti) {
    return claims.attempt(courier, jti);
  }
}
