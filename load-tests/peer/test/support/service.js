import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Directory } from '../../src/directory.js';
import { buildServer } from '../../src/server.js';
import { connectRedis, Store } from '../../src/store.js';
import { Unlocks } from '../../src/unlock.js';
import { RequestVerifier } from '../../src/verify.js';
import { Courier, parcel } from './courier.js';

const ISSUER = 'issuer';
const AUDIENCE = 'audience';
const EVERY_DAY = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const HOUR_MS = 3_600_000;

export const LABEL = 'JD014600003SE';

/** Doors that answer as they are told, and remember what they were commanded. */
export class FakeDoors {
  connected = true;
  offline = new Set();
  commands = [];
  answer = async () => ({ result: 'opened', at: Date.now() });

  online(door) {
    return !this.offline.has(door);
  }

  command(door, unlock, hold) {
    this.commands.push({ door, unlock, hold });
    return this.answer({ door, unlock });
  }
}

/** The service over a given Redis, with doors that are played. */
export class Service {
  doors = new FakeDoors();

  static async start(redisPort, { ratePerMinute = 1_000, inFlightMax = 100 } = {}) {
    const service = new Service();
    service.directoryOnDisk = await mkdtemp(join(tmpdir(), 'peer-'));
    await service.#makeOperator();
    service.redis = connectRedis(`redis://127.0.0.1:${redisPort}`);
    await service.redis.connect();
    await service.redis.flushall();
    const store = new Store(service.redis, { attemptTtlMs: HOUR_MS, ratePerMinute });
    // Tests change what is in the directory and look at once.
    const directory = new Directory(store, { entriesMax: 100, ttlMs: 1 });
    const parts = { directory, verifier: new RequestVerifier(directory), store, doors: service.doors };
    const unlocks = new Unlocks(parts, { deadlineMs: 2_000, inFlightMax });
    const auth = { jwks: service.jwks, issuer: ISSUER, audience: AUDIENCE };
    service.store = store;
    service.app = await buildServer({ unlocks, store, doors: service.doors, auth });
    return service;
  }

  async stop() {
    await this.app.close();
    this.redis.disconnect();
    await rm(this.directoryOnDisk, { recursive: true });
  }

  async #makeOperator() {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    this.jwks = join(this.directoryOnDisk, 'jwks.json');
    await writeFile(this.jwks, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'EdDSA' }] }));
    this.token = (scope, issuer = ISSUER) =>
      new SignJWT({ scope })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setExpirationTime('5m')
        .sign(privateKey);
  }

  async call(method, url, body, token) {
    const bearer = token ?? (await this.token('operator'));
    return this.app.inject({ method, url, headers: { authorization: `Bearer ${bearer}` }, payload: body });
  }

  async put(method, url, body) {
    const answer = await this.call(method, url, body);
    if (answer.statusCode >= 300) {
      throw new Error(`${method} ${url}: ${answer.body}`);
    }
  }

  building(more) {
    return this.put('PUT', '/v1/buildings/elm', {
      manager: 'homes',
      timezone: 'America/New_York',
      consent: { givenBy: 'owners', givenAt: '2026-01-15T18:00:00Z' },
      admits: [{ carrier: 'swift', doors: ['*'], hours: [{ days: EVERY_DAY, from: '00:00', to: '24:00' }] }],
      ...more,
    });
  }

  door(more) {
    return this.put('PUT', '/v1/doors/front', { building: 'elm', ...more });
  }

  courierEntry(courier, more) {
    return this.put('PUT', `/v1/couriers/${courier.id}`, {
      carrier: 'swift',
      keys: [courier.jwk],
      screening: { status: 'passed', expiresAt: '2046-01-01T00:00:00Z' },
      ...more,
    });
  }

  grant(more) {
    const now = Date.now();
    return this.put('POST', '/v1/grants', {
      id: 'grant',
      courier: 'ana',
      door: 'front',
      parcels: [parcel(LABEL)],
      notBefore: new Date(now - HOUR_MS).toISOString(),
      notAfter: new Date(now + HOUR_MS).toISOString(),
      graceSeconds: 0,
      ...more,
    });
  }

  /** Everything that a good request of the courier needs. */
  async provision(alg) {
    this.courier = await Courier.create('ana', alg);
    await this.building();
    await this.door();
    await this.courierEntry(this.courier);
    await this.grant();
  }

  request(claims, header) {
    const inOrder = { aud: 'front', grant: 'grant', parcel: parcel(LABEL) };
    return this.courier.sign({ ...inOrder, ...claims }, header);
  }

  async unlock(jws, door = 'front') {
    const answer = await this.app.inject({
      method: 'POST',
      url: `/v1/doors/${door}/unlock`,
      headers: { 'content-type': 'application/jose' },
      payload: jws,
    });
    const body = answer.json();
    return {
      status: answer.statusCode,
      outcome: body.reason ?? body.state,
      replayed: answer.headers['idempotent-replayed'],
      retryAfter: answer.headers['retry-after'],
      body,
    };
  }

  async audit() {
    const entries = await this.redis.xrange('audit:elm', '-', '+');
    return entries.map(([, fields]) => JSON.parse(fields[1]).type.replace('vestibule.unlock.', ''));
  }
}
