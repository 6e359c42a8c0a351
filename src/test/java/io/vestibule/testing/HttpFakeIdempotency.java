package io.vestibule.testing;

import io.vertx.core.Future;
import io.vestibule.access.GrantId;
import io.vestibule.grant.Idempotency;
import io.vestibule.grant.IdempotencyKeys;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Idempotency keys in memory. */
public final class HttpFakeIdempotency implements Idempotency {
  private final Map<String, Used> used = new ConcurrentHashMap<>();

  private record Used(String bodyHash, GrantId grant) {}

  @Override
  public Future<IdempotencyKeys.Use> use(
      String tenant, String key, String bodyHash, GrantId grant) {
    Used before = used.putIfAbsent(tenant + "\n" + key, new Used(bodyHash, grant));
    if (before == null) {
      return Future.succeededFuture(new IdempotencyKeys.First());
    }
    return Future.succeededFuture(
        before.bodyHash().equals(bodyHash)
            ? new IdempotencyKeys.Same(before.grant())
            : new IdempotencyKeys.OtherBody());
  }

  @Override
  public Future<Void> forget(String tenant, String key) {
    used.remove(tenant + "\n" + key);
    return Future.succeededFuture();
  }
}
