package io.vestibule.unlock;

import io.vestibule.access.Reason;
import io.vestibule.signing.Algorithm;
import io.vestibule.signing.CompactJws;
import java.util.List;
import java.util.Optional;

/** Reads a courier's request from its bytes; says nothing of who signed it. */
public final class RequestParser {
  /** The most that a request may have. */
  public static final int BYTES_MAX = 2_048;

  private static final String TYPE = "unlock+jwt";

  /** What names a key by the request's own word, or asks for more than is understood here. */
  private static final List<String> HEADERS_REFUSED = List.of("crit", "jwk", "jku", "x5c", "x5u");

  private RequestParser() {}

  /**
   * Whatever is wrong with the form comes before the algorithm.
   *
   * @param bytes are kept, and not to be changed from now on
   */
  public static RequestResult parse(byte[] bytes) {
    RequestClaims claims = new RequestClaims();
    return CompactJws.parse(bytes, BYTES_MAX, claims)
        .match(
            parsed -> parse(parsed.jws(), claims, new RequestHash(bytes)),
            malformed -> new RequestResult.Refused(Reason.MALFORMED, Optional.empty()));
  }

  private static RequestResult parse(CompactJws jws, RequestClaims claims, RequestHash hash) {
    if (!claims.complete() || !wellFormed(jws)) {
      return new RequestResult.Refused(Reason.MALFORMED, claims.jti());
    }
    Optional<Algorithm> algorithm = jws.algorithm().flatMap(Algorithm::parse);
    if (algorithm.isEmpty()) {
      return new RequestResult.Refused(Reason.UNSUPPORTED_ALGORITHM, claims.jti());
    }
    return new RequestResult.Parsed(
        claims.request(jws.kid().orElseThrow(), algorithm.get(), hash), jws);
  }

  private static boolean wellFormed(CompactJws jws) {
    for (String name : HEADERS_REFUSED) {
      if (jws.headerHas(name)) {
        return false;
      }
    }
    return jws.algorithm().isPresent()
        && jws.kid().isPresent()
        && jws.type().filter(TYPE::equals).isPresent();
  }
}
