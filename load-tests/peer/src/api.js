import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { calculateJwkThumbprint, createLocalJWKSet, jwtVerify } from 'jose';
import { knownZone } from './policy.js';
import { Refusal } from './refusal.js';
import * as schemas from './schemas.js';

const WINDOW_MAX_MS = 24 * 3_600_000;
const ALGORITHM_OF = { OKP: 'EdDSA', EC: 'ES256' };

/** Fails with a refusal unless the request bears an operator's token. */
async function operatorOnly({ jwks, issuer, audience }) {
  const keys = createLocalJWKSet(JSON.parse(await readFile(jwks, 'utf8')));
  return async (request) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    const scopes = scheme === 'Bearer' ? await scopesOf(token, keys, { issuer, audience }) : undefined;
    if (!scopes) {
      throw new Refusal('unauthorized');
    }
    if (!scopes.includes('operator')) {
      throw new Refusal('forbidden');
    }
  };
}

async function scopesOf(token, keys, options) {
  try {
    const { payload } = await jwtVerify(token, keys, { ...options, requiredClaims: ['exp'] });
    return String(payload.scope).split(' ');
  } catch {
    return undefined;
  }
}

async function withKeyId({ kty, crv, x, y }) {
  try {
    return { kty, crv, x, y, alg: ALGORITHM_OF[kty], kid: await calculateJwkThumbprint({ kty, crv, x, y }) };
  } catch (cause) {
    throw new Refusal('malformed', { cause });
  }
}

function checkWindow({ notBefore, notAfter }) {
  const window = Date.parse(notAfter) - Date.parse(notBefore);
  if (!(window > 0 && window <= WINDOW_MAX_MS)) {
    throw new Refusal('malformed', { more: { detail: 'a window is over 0 and at most 24 h' } });
  }
}

/** What backends write: buildings, doors, couriers, grants. */
export function api({ store, auth }) {
  return async (app) => {
    app.addHook('onRequest', await operatorOnly(auth));
    const entry = (body) => ({ schema: { params: schemas.params, body } });

    app.put('/v1/buildings/:id', entry(schemas.building), async ({ params: { id }, body }) => {
      if (!knownZone(body.timezone)) {
        throw new Refusal('malformed', { more: { detail: '/timezone is no region' } });
      }
      await store.put('building', id, { id, ...body });
      return { id, ...body };
    });

    app.put('/v1/doors/:id', entry(schemas.door), async ({ params: { id }, body }) => {
      const { secret: _, ...door } = body;
      if (!(await store.entry('building', door.building))) {
        throw new Refusal('malformed', { more: { detail: '/building is unknown' } });
      }
      await store.put('door', id, { id, ...door });
      return { id, ...door };
    });

    app.put('/v1/couriers/:id', entry(schemas.courier), async ({ params: { id }, body }) => {
      const courier = { id, ...body, keys: await Promise.all(body.keys.map(withKeyId)) };
      await store.put('courier', id, courier);
      return courier;
    });

    app.post('/v1/grants', { schema: { body: schemas.grant } }, async ({ body }, reply) => {
      checkWindow(body);
      const grant = { id: randomUUID(), ...body };
      if (!(await store.createGrant(grant))) {
        throw new Refusal('taken');
      }
      return reply.code(201).send(grant);
    });
  };
}
