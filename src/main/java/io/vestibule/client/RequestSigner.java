package io.vestibule.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.CourierId;
import io.vestibule.access.Location;
import io.vestibule.json.Json;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.Sha256;
import io.vestibule.signing.Signer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** Signs one courier's unlock requests, as their app does; safe on any thread. */
public final class RequestSigner {
  private static final String TYPE = "unlock+jwt";

  /** 128 bits: 22 characters. */
  private static final int JTI_SIZE = 16;

  /** What a phone claims outdoors. */
  private static final int ACCURACY_METERS = 10;

  private final Signer signer;
  private final CourierId courier;
  private final SecureRandom random = new SecureRandom();

  public RequestSigner(Signer signer, CourierId courier) {
    this.signer = signer;
    this.courier = courier;
  }

  /**
   * A request as a compact JWS, each time with a {@code jti} of its own.
   *
   * @param life 60 s at most, or the gateway refuses; fractions of a second are cut off
   */
  public String sign(Visit visit, Instant at, Duration life) {
    long issuedAt = at.getEpochSecond();
    ObjectNode claims =
        Json.object()
            .put("sub", courier.text())
            .put("aud", visit.door().text())
            .put("jti", jti())
            .put("iat", issuedAt)
            .put("exp", issuedAt + life.toSeconds())
            .put("grant", visit.grant().text());
    visit.label().ifPresent(label -> claims.put("parcel", Sha256.base64Url(label)));
    visit.geo().ifPresent(geo -> claims.set("geo", position(geo)));
    return signer.sign(TYPE, claims);
  }

  private static ObjectNode position(Location geo) {
    return Json.object().put("lat", geo.lat()).put("lon", geo.lon()).put("acc", ACCURACY_METERS);
  }

  private String jti() {
    byte[] bytes = new byte[JTI_SIZE];
    random.nextBytes(bytes);
    return Base64Url.encode(bytes);
  }
}
