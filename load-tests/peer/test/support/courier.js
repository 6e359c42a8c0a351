import { createHash, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';

/** How grants and requests name a parcel. */
export function parcel(label) {
  return createHash('sha256').update(label).digest('base64url');
}

/** A courier's app: a key, and requests signed with it. */
export class Courier {
  constructor(id, alg, { privateKey, jwk, kid }) {
    Object.assign(this, { id, alg, privateKey, jwk, kid });
  }

  static async create(id, alg = 'EdDSA') {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    const jwk = await exportJWK(publicKey);
    return new Courier(id, alg, { privateKey, jwk, kid: await calculateJwkThumbprint(jwk) });
  }

  /** A request that is in order but for the claims and header members given. */
  sign(claims, header = {}) {
    const iat = Math.floor(Date.now() / 1000);
    const jti = randomBytes(16).toString('base64url');
    return new SignJWT({ sub: this.id, jti, iat, exp: iat + 60, ...claims })
      .setProtectedHeader({ alg: this.alg, kid: this.kid, typ: 'unlock+jwt', ...header })
      .sign(this.privateKey);
  }
}
