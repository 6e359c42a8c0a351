package io.vestibule.command;

import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.json.ObjectText;
import io.vestibule.signing.Signer;
import java.time.Duration;
import java.time.Instant;

/** Signs the commands that doors obey, in this gateway's name; safe on any thread. */
public final class CommandSigner {
  static final String TYPE = "command+jwt";

  private final Signer.Typed signer;
  private final String issuer;

  public CommandSigner(Signer signer, String issuer) {
    this.signer = signer.of(TYPE);
    this.issuer = issuer;
  }

  /**
   * The command to open once, as a compact JWS. Its times are whole seconds: {@code at} is cut off,
   * so that it never lies in the future, and it expires up to a second early, never late.
   *
   * @param expiresIn at least a second; fractions are cut off
   * @param hold how long the lock stays released, at least a second; fractions are cut off
   */
  public String sign(UnlockId unlock, DoorId door, Instant at, Duration expiresIn, Duration hold) {
    if (expiresIn.toSeconds() < 1 || hold.toSeconds() < 1) {
      throw new IllegalArgumentException("a command lasts and holds for a second or more");
    }
    long issuedAt = at.getEpochSecond();
    return signer.sign(
        new ObjectText()
            .put("iss", issuer)
            .put("aud", door.text())
            .put("jti", unlock.text())
            .put("iat", issuedAt)
            .put("exp", issuedAt + expiresIn.toSeconds())
            .put("cmd", "unlock")
            .put("hold", hold.toSeconds()));
  }
}
