import { decodeJwt, errors, importJWK, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { Refusal } from './refusal.js';

const REQUEST_SIZE_MAX = 2_048;
const LIFE_SECONDS_MAX = 60;
const SKEW_SECONDS = 5;
const KEYS_MAX = 100_000;
const JTI = /^[A-Za-z0-9_-]{16,64}$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const PARCEL = /^[A-Za-z0-9_-]{43}$/;
const EMBEDDED_KEYS = ['jwk', 'jku', 'x5c', 'x5u'];
const OPTIONS = {
  algorithms: ['EdDSA', 'ES256'],
  typ: 'unlock+jwt',
  clockTolerance: SKEW_SECONDS,
  requiredClaims: ['sub', 'aud', 'jti', 'iat', 'exp', 'grant'],
};

/** Reads couriers' signed requests. */
export class RequestVerifier {
  #directory;
  #keys = new LRUCache({ max: KEYS_MAX });

  constructor(directory) {
    this.#directory = directory;
  }

  /** The claims of a request in order, with the courier; a refusal after a good signature has the claims. */
  async verify(jws) {
    if (jws.length > REQUEST_SIZE_MAX) {
      throw new Refusal('malformed');
    }
    let courier;
    const keyOf = async (header, token) => {
      courier = await this.#courier(header, token);
      return this.#key(courier, header);
    };
    try {
      const { payload } = await jwtVerify(jws, keyOf, OPTIONS);
      return { courier, claims: checked(payload) };
    } catch (error) {
      throw error instanceof Refusal ? error : refusalOf(error);
    }
  }

  #courier(header, token) {
    if (EMBEDDED_KEYS.some((name) => name in header)) {
      throw new Refusal('malformed');
    }
    const { sub } = decodeJwt(`.${token.payload}.`);
    if (typeof sub !== 'string' || !ID.test(sub)) {
      throw new Refusal('malformed');
    }
    return this.#directory.courier(sub);
  }

  /** Imported once: a kid is the key's own hash, so it never names another. */
  async #key(courier, { kid, alg }) {
    const jwk = courier?.keys.find((key) => key.kid === kid);
    if (!jwk) {
      throw new Refusal('unknown_key');
    }
    if (jwk.alg !== alg) {
      throw new Refusal('bad_signature');
    }
    let key = this.#keys.get(kid);
    if (!key) {
      key = await importJWK(jwk);
      this.#keys.set(kid, key);
    }
    return key;
  }
}

function checked(claims) {
  const { sub, aud, jti, iat, exp, grant, parcel } = claims;
  if (
    typeof sub !== 'string' ||
    typeof aud !== 'string' ||
    typeof jti !== 'string' ||
    typeof grant !== 'string' ||
    typeof iat !== 'number' ||
    !JTI.test(jti) ||
    !ID.test(grant) ||
    (parcel !== undefined && !(typeof parcel === 'string' && PARCEL.test(parcel))) ||
    exp < iat ||
    exp - iat > LIFE_SECONDS_MAX
  ) {
    throw new Refusal('malformed');
  }
  if (iat > Date.now() / 1000 + SKEW_SECONDS) {
    throw new Refusal('not_yet_valid');
  }
  return claims;
}

function refusalOf(error) {
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return new Refusal('bad_signature');
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return new Refusal('unsupported_algorithm');
  }
  if (error instanceof errors.JWTExpired) {
    return new Refusal('expired', { claims: error.payload });
  }
  if (error instanceof errors.JOSEError) {
    return new Refusal('malformed', { cause: error });
  }
  return error;
}
