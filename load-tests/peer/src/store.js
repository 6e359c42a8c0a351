import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { Refusal } from './refusal.js';

const COMMAND_TIMEOUT_MS = 2_000;
const DAY_MS = 86_400_000;
const PENDING = 'pending';
const SWEEP_COUNT_MAX = 100;

const script = (name) => readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
const attemptKey = ({ sub, jti }) => `attempt:${sub}:${jti}`;
const grantKey = (id) => `grant:${id}`;
const auditKey = (building) => `audit:${building}`;
const oldest = (retentionDays, now) => now - retentionDays * DAY_MS;

/** One connection; a Redis that is away fails a command at once instead of keeping it for later. */
export function connectRedis(url) {
  return new Redis(url, {
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MS,
    lazyConnect: true,
    scripts: {
      claim: { numberOfKeys: 5, lua: script('claim') },
      close: { numberOfKeys: 4, lua: script('close') },
      createGrant: { numberOfKeys: 1, lua: script('create_grant') },
    },
  });
}

async function answered(command) {
  try {
    return await command;
  } catch (cause) {
    throw new Refusal('store_unavailable', { cause });
  }
}

/** Everything that is kept: the directory, grants, attempts, the audit log. */
export class Store {
  #redis;
  #attemptTtlMs;
  #ratePerMinute;

  constructor(redis, { attemptTtlMs, ratePerMinute }) {
    this.#redis = redis;
    this.#attemptTtlMs = attemptTtlMs;
    this.#ratePerMinute = ratePerMinute;
  }

  async ready() {
    return (await answered(this.#redis.ping())) === 'PONG';
  }

  /** A building, door or courier as it was put; undefined where there is none. */
  async entry(kind, id) {
    const json = await answered(this.#redis.get(`${kind}:${id}`));
    return json ? JSON.parse(json) : undefined;
  }

  async put(kind, id, entry) {
    await answered(this.#redis.set(`${kind}:${id}`, JSON.stringify(entry)));
  }

  /** False where the id is taken. */
  async createGrant(grant) {
    const notAfter = Date.parse(grant.notAfter);
    const fields = {
      courier: grant.courier,
      door: grant.door,
      not_before: Date.parse(grant.notBefore),
      not_after: notAfter,
      parcels: grant.parcels.join(','),
      max_uses: grant.maxUses,
      grace: grant.graceSeconds * 1000,
      used: 0,
      in_flight: 0,
    };
    const created = await answered(
      this.#redis.createGrant(grantKey(grant.id), notAfter + DAY_MS, ...Object.entries(fields).flat()),
    );
    return created === 1;
  }

  /**
   * One of `{ kind: 'claimed' }`, `{ kind: 'recorded', attempt }` and
   * `{ kind: 'denied', reason, retryAfterMs }`.
   */
  async claim({ claims, digest, unlock, door, building, parcelRequired, now, deadline, record }) {
    const [kind, ...rest] = await answered(
      this.#redis.claim(
        attemptKey(claims),
        grantKey(claims.grant),
        `rate:${door.id}`,
        PENDING,
        auditKey(building.id),
        digest,
        unlock,
        claims.sub,
        door.id,
        claims.parcel ?? '',
        parcelRequired ? '1' : '0',
        now,
        deadline,
        this.#attemptTtlMs,
        this.#ratePerMinute,
        building.id,
        oldest(building.retentionDays, now),
        JSON.stringify(record),
      ),
    );
    if (kind === 'recorded') {
      return { kind, attempt: attemptOf(...rest) };
    }
    return { kind, reason: rest[0], retryAfterMs: rest[1] };
  }

  /** Whether this outcome was the first of the attempt. */
  async close({ claims, building, state, reason, at, record }) {
    const closed = await answered(
      this.#redis.close(
        attemptKey(claims),
        grantKey(claims.grant),
        PENDING,
        auditKey(building.id),
        state,
        reason ?? '',
        at,
        building.id,
        oldest(building.retentionDays, at),
        JSON.stringify(record),
      ),
    );
    return closed === 1;
  }

  /** What the same bytes came to; undefined where no visit was claimed for them. */
  async recorded(claims, digest) {
    const fields = ['digest', 'unlock', 'door', 'state', 'reason', 'at'];
    const [known, ...rest] = await answered(this.#redis.hmget(attemptKey(claims), ...fields));
    return known === digest ? attemptOf(...rest) : undefined;
  }

  /** Adds a record to a building's audit log. */
  async append(building, now, record) {
    const trim = ['MINID', '~', oldest(building.retentionDays, now)];
    await answered(this.#redis.xadd(auditKey(building.id), ...trim, '*', 'record', JSON.stringify(record)));
  }

  /** Ends as unknown what a process that is gone left behind. */
  async sweep(now, record) {
    const overdue = await answered(
      this.#redis.zrangebyscore(PENDING, '-inf', now, 'LIMIT', 0, SWEEP_COUNT_MAX),
    );
    for (const entry of overdue) {
      const [attempt, grant, building] = entry.split(' ');
      const keys = [attempt, grant, PENDING, auditKey(building)];
      await answered(
        this.#redis.close(...keys, 'unknown', 'door_timed_out', now, building, 0, JSON.stringify(record)),
      );
    }
  }
}

function attemptOf(unlock, door, state, reason, at) {
  return { unlock, door, state, reason: reason || undefined, at: at ? Number(at) : undefined };
}
