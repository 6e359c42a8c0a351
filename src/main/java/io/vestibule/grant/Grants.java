package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.GrantId;
import java.util.Optional;

/**
 * Keeps grants, and records who made and ended them: {@code by} is the caller's tenant. Every
 * future fails only with {@link io.vestibule.store.StoreUnavailable} and completes on the caller's
 * context.
 */
public interface Grants {
  /** False when the id is taken, by whomever; nothing was changed then. */
  Future<Boolean> create(Grant grant, Building building, String by);

  Future<Optional<GrantState>> find(GrantId grant);

  /**
   * No unlock under the grant from now on; empty when there is no such grant. Repeating is
   * harmless.
   */
  Future<Optional<GrantState>> revoke(GrantId grant, String by);

  /** The delivery is over: no unlock from now on; empty when there is no such grant. */
  Future<Optional<GrantState>> close(GrantId grant, String by);
}
