package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.access.CourierId;
import io.vestibule.access.UnlockId;
import io.vestibule.signing.Sha256;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import io.vestibule.store.UnreadableValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One claim's use of a courier's {@code jti}, kept so that no other building's claim uses it too.
 *
 * @param text the unlock and, since several claims may be made for one, which of them it is
 */
record JtiUse(UnlockId unlock, String text, long lifeMs) {
  private static final Script RELEASE = Script.load("jti_release");
  private static final Script TAKE_OVER = Script.load("jti_take_over");

  /** 132 of the hash's 256 bits. */
  private static final int HASH_DIGITS = 22;

  /** Longer than the attempt's own record, which ends 24 h after the attempt. */
  private static final Duration KEPT = Duration.ofHours(25);

  static JtiUse of(Claim claim) {
    long life = Duration.between(claim.at(), claim.deadline()).plus(KEPT).toMillis();
    String claimName = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return new JtiUse(claim.unlock(), claim.unlock() + " " + claimName, life);
  }

  /** As it is kept; empty for a {@code jti} that nobody uses. */
  static Optional<JtiUse> read(Reply reply) {
    return reply.optionalText().map(JtiUse::read);
  }

  private static JtiUse read(String text) {
    return UnlockId.parse(text.split(" ", 2)[0])
        .map(unlock -> new JtiUse(unlock, text, 0))
        .orElseThrow(() -> new UnreadableValue("a jti of no attempt"));
  }

  /** What the names of an attempt and of its {@code jti} have in common. */
  static String digits(CourierId courier, String jti) {
    return Sha256.base64Url(courier + "\n" + jti).substring(0, HASH_DIGITS);
  }

  /** Takes it unless it is taken: then by what it is returned. */
  Future<Optional<JtiUse>> take(Store store) {
    return store
        .commandDurably("SET", key(), text, "NX", "GET", "PX", Long.toString(lifeMs))
        .map(store.reading("jti", (Reply before) -> read(before)));
  }

  /** Takes it from whoever has it for the same unlock: else by what it is taken is returned. */
  Future<Optional<JtiUse>> takeOver(Store store) {
    return store
        .evalDurably(TAKE_OVER, List.of(key()), List.of(text, unlock.text(), Long.toString(lifeMs)))
        .map(store.reading("jti", (Reply held) -> read(held)));
  }

  /** Gives it up, unless another has taken it over. */
  Future<Void> release(Store store) {
    return store.evalDurably(RELEASE, List.of(key()), List.of(text)).mapEmpty();
  }

  private String key() {
    return Keys.jti(unlock.text().substring(unlock.text().length() - HASH_DIGITS));
  }
}
