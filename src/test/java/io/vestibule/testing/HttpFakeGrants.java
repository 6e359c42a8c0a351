package io.vestibule.testing;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.GrantId;
import io.vestibule.grant.Grant;
import io.vestibule.grant.GrantState;
import io.vestibule.grant.Grants;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Grants in memory. */
public final class HttpFakeGrants implements Grants {
  private static final Instant ENDED = Instant.parse("2026-11-22T08:00:00Z");

  public final Map<GrantId, GrantState> states = new ConcurrentHashMap<>();

  @Override
  public Future<Boolean> create(Grant grant, Building building, String by) {
    GrantState state = new GrantState(grant, building.id(), 0, Optional.empty(), Optional.empty());
    return Future.succeededFuture(states.putIfAbsent(grant.id(), state) == null);
  }

  @Override
  public Future<Optional<GrantState>> find(GrantId grant) {
    return Future.succeededFuture(Optional.ofNullable(states.get(grant)));
  }

  @Override
  public Future<Optional<GrantState>> revoke(GrantId grant, String by) {
    return Future.succeededFuture(
        Optional.ofNullable(
            states.computeIfPresent(
                grant,
                (id, state) ->
                    new GrantState(
                        state.grant(),
                        state.building(),
                        state.usedCount(),
                        Optional.of(ENDED),
                        state.closedAt()))));
  }

  @Override
  public Future<Optional<GrantState>> close(GrantId grant, String by) {
    return Future.succeededFuture(
        Optional.ofNullable(
            states.computeIfPresent(
                grant,
                (id, state) ->
                    new GrantState(
                        state.grant(),
                        state.building(),
                        state.usedCount(),
                        state.revokedAt(),
                        Optional.of(ENDED)))));
  }
}
