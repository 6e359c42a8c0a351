package io.vestibule.http;

import java.util.Locale;

/** Why the API refused a request, beyond the reasons of an unlock; each with its status. */
enum ApiReason {
  BAD_REQUEST(400),
  UNAUTHORIZED(401),
  INSUFFICIENT_SCOPE(403),
  NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  NOT_ACCEPTABLE(406),
  REQUEST_TIMED_OUT(408),
  CONFLICT(409),
  TOO_LARGE(413),
  URI_TOO_LONG(414),
  UNSUPPORTED_MEDIA_TYPE(415),
  IDEMPOTENCY_MISMATCH(422),
  HEADERS_TOO_LARGE(431),
  INTERNAL_ERROR(500);

  private final int status;
  private final String code = name().toLowerCase(Locale.ROOT);

  ApiReason(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
