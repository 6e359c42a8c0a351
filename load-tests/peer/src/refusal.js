const STATUS = {
  malformed: 400,
  unsupported_algorithm: 400,
  unknown_key: 401,
  bad_signature: 401,
  not_yet_valid: 401,
  expired: 401,
  unauthorized: 401,
  wrong_door: 403,
  forbidden: 403,
  unknown_door: 404,
  courier_suspended: 403,
  screening_lapsed: 403,
  no_consent: 403,
  building_suspended: 403,
  door_suspended: 403,
  carrier_not_admitted: 403,
  outside_hours: 403,
  too_far: 403,
  door_offline: 503,
  replayed: 409,
  taken: 409,
  rate_limited: 429,
  unknown_grant: 403,
  grant_mismatch: 403,
  grant_not_started: 403,
  grant_expired: 403,
  parcel_mismatch: 403,
  grant_used_up: 403,
  door_refused: 502,
  door_timed_out: 504,
  overloaded: 503,
  store_unavailable: 503,
};
const RETRY_AFTER_SECONDS = 1;

/**
 * Why the answer is no. Expected, so it carries no stack; `claims` are there where the signature was
 * good, `more` are further members of the answer.
 */
export class Refusal extends Error {
  constructor(reason, { more, retryAfterMs, claims, cause } = {}) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(reason, { cause });
    Error.stackTraceLimit = limit;
    this.reason = reason;
    this.status = STATUS[reason];
    this.more = more;
    this.claims = claims;
    this.retryAfterMs = retryAfterMs;
  }

  /** Seconds, for 429 and 503. */
  get retryAfter() {
    if (this.retryAfterMs) {
      return Math.ceil(this.retryAfterMs / 1000);
    }
    return this.status === 429 || this.status === 503 ? RETRY_AFTER_SECONDS : undefined;
  }

  /** RFC 9457. */
  problem() {
    return {
      type: `urn:vestibule:problem:${this.reason}`,
      title: this.reason.replaceAll('_', ' '),
      status: this.status,
      reason: this.reason,
      ...this.more,
    };
  }
}
