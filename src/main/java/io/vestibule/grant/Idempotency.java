package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.access.GrantId;

/**
 * Remembers for 24 h which grant a tenant's Idempotency-Key stands for. Every future fails only
 * with {@link io.vestibule.store.StoreUnavailable} and completes on the caller's context.
 */
public interface Idempotency {
  /**
   * Of several callers at once, one is the first.
   *
   * @param key the caller's text, at most as long as the edge lets in
   * @param bodyHash base64url SHA-256 of the request's body
   * @param grant the id to remember if this is the first use
   */
  Future<IdempotencyKeys.Use> use(String tenant, String key, String bodyHash, GrantId grant);

  /** The first use led to nothing: the key may be used with another body. */
  Future<Void> forget(String tenant, String key);
}
