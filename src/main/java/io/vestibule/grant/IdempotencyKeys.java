package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.access.GrantId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.signing.Sha256;
import io.vestibule.store.Call;
import io.vestibule.store.Keys;
import io.vestibule.store.Store;
import io.vestibule.store.UnreadableValue;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Remembers for 24 h which grant a tenant's {@code Idempotency-Key} stands for. The grant's id is
 * remembered before the grant is created, so a caller that finds it creates it if it is not there.
 */
@AnyThread
public final class IdempotencyKeys implements Idempotency {
  private static final Duration KEPT = Duration.ofDays(1);

  private final Store store;

  public IdempotencyKeys(Store store) {
    this.store = store;
  }

  /** What a key was used for before. */
  public sealed interface Use {
    <T> T match(Supplier<T> first, Function<GrantId, T> same, Supplier<T> otherBody);
  }

  /** The key was not used before. */
  public record First() implements Use {
    @Override
    public <T> T match(Supplier<T> first, Function<GrantId, T> same, Supplier<T> otherBody) {
      return first.get();
    }
  }

  /** It was used with this very body, for that grant. */
  public record Same(GrantId grant) implements Use {
    @Override
    public <T> T match(Supplier<T> first, Function<GrantId, T> same, Supplier<T> otherBody) {
      return same.apply(grant);
    }
  }

  /** It was used with another body. */
  public record OtherBody() implements Use {
    @Override
    public <T> T match(Supplier<T> first, Function<GrantId, T> same, Supplier<T> otherBody) {
      return otherBody.get();
    }
  }

  @Override
  public Future<Use> use(String tenant, String key, String bodyHash, GrantId grant) {
    String remembered = remembered(tenant, key);
    String entry = bodyHash + " " + grant;
    String keptMs = Long.toString(KEPT.toMillis());
    return store
        .pipelinedDurably(
            List.of(
                Call.of("SET", remembered, entry, "NX", "PX", keptMs), Call.of("GET", remembered)))
        .map(
            store.reading(
                "idempotency key",
                replies ->
                    replies.get(0).absent()
                        ? again(replies.get(1).optionalText().orElse(entry), bodyHash)
                        : new First()));
  }

  @Override
  public Future<Void> forget(String tenant, String key) {
    return store.commandDurably("DEL", remembered(tenant, key)).mapEmpty();
  }

  private static String remembered(String tenant, String key) {
    return Keys.idempotency(Sha256.base64Url(tenant + "\n" + key));
  }

  private static Use again(String entry, String bodyHash) {
    String[] parts = entry.split(" ", 2);
    GrantId grant =
        GrantId.parse(parts[parts.length - 1])
            .orElseThrow(() -> new UnreadableValue("an idempotency key of no grant"));
    return parts[0].equals(bodyHash) ? new Same(grant) : new OtherBody();
  }
}
