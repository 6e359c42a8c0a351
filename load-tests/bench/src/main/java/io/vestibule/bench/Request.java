package io.vestibule.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.directory.TownDocuments;
import io.vestibule.json.Json;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.Base64Url;
import io.vestibule.signing.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;

/** A courier's request as an app writes it, before and after it is signed. */
record Request(String text) {
  private static final int JTI_SIZE = 16;

  /** Who asks for what, when. */
  record Visit(String kid, int courier, int door, Instant at) {}

  static Request unsigned(Algorithm algorithm, Visit visit, Random random) {
    byte[] jti = new byte[JTI_SIZE];
    random.nextBytes(jti);
    long issuedAt = visit.at().getEpochSecond();
    ObjectNode header =
        Json.object()
            .put("alg", algorithm.joseName())
            .put("kid", visit.kid())
            .put("typ", "unlock+jwt");
    ObjectNode claims =
        Json.object()
            .put("sub", TownDocuments.courier(visit.courier()).text())
            .put("aud", TownDocuments.door(visit.door()).text())
            .put("jti", Base64Url.encode(jti))
            .put("iat", issuedAt)
            .put("exp", issuedAt + 60)
            .put("grant", "grant-" + visit.courier())
            .put("parcel", Sha256.base64Url("label " + visit.courier()));
    claims
        .putObject("geo")
        .put("lat", TownDocuments.PLACE.lat())
        .put("lon", TownDocuments.PLACE.lon())
        .put("acc", 10);
    return new Request(encoded(header) + "." + encoded(claims));
  }

  /** What the signature is over. */
  byte[] input() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] signed(byte[] signature) {
    return (text + "." + Base64Url.encode(signature)).getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(ObjectNode json) {
    return Base64Url.encode(Json.write(json).getBytes(StandardCharsets.UTF_8));
  }
}
