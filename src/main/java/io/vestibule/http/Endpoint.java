package io.vestibule.http;

import io.vertx.core.Future;

/** What one route does. */
@FunctionalInterface
interface Endpoint {
  /**
   * Fails with {@link Refusal} or {@link io.vestibule.store.StoreUnavailable}; anything else is a
   * bug.
   */
  Future<Reply> answer(Call call);
}
