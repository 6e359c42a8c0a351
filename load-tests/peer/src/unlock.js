import { hash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { auditRecord } from './audit.js';
import { admit } from './policy.js';
import { Refusal } from './refusal.js';

const LOOK_AGAIN_MS = 100;
const STATE_OF = { opened: 'opened', refused: 'refused', failed: 'refused', timed_out: 'unknown' };
const REASON_OF = { refused: 'door_refused', unknown: 'door_timed_out' };

/** Carries a signed request through its stages to the door, and what the door said into the record. */
export class Unlocks {
  #directory;
  #verifier;
  #store;
  #doors;
  #bounds;
  #inFlight = new Map();

  constructor({ directory, verifier, store, doors }, bounds) {
    this.#directory = directory;
    this.#verifier = verifier;
    this.#store = store;
    this.#doors = doors;
    this.#bounds = bounds;
  }

  /** The attempt as it ended, and whether it is an earlier one's; fails with a refusal. */
  async unlock(door, jws) {
    const digest = hash('sha256', jws, 'base64url');
    const key = `${door}:${digest}`;
    const first = this.#inFlight.get(key);
    if (first) {
      return { ...(await first), replayed: true };
    }
    if (this.#inFlight.size >= this.#bounds.inFlightMax) {
      throw new Refusal('overloaded');
    }
    const running = this.#run({ door, digest, unlock: randomUUID(), now: Date.now() }, jws);
    this.#inFlight.set(key, running);
    try {
      return await running;
    } finally {
      this.#inFlight.delete(key);
    }
  }

  async #run(asked, jws) {
    const known = {};
    try {
      const request = await this.#admitted(asked, jws, known);
      return await this.#claimed(request);
    } catch (error) {
      return this.#denied(error, asked, known);
    }
  }

  /** What is learnt on the way is noted in `known`, since a refusal is answered with it. */
  async #admitted(asked, jws, known) {
    const [{ claims, courier }, place] = await Promise.all([
      this.#verifier.verify(jws),
      this.#directory.place(asked.door),
    ]);
    if (claims.aud !== asked.door) {
      throw new Refusal('wrong_door');
    }
    known.claims = claims;
    if (!place) {
      throw new Refusal('unknown_door');
    }
    const { door, building } = place;
    known.building = building;
    const admission = admit({ courier, door, building, geo: claims.geo, now: asked.now });
    if (!this.#doors.online(door.id)) {
      throw new Refusal('door_offline');
    }
    return { ...asked, claims, courier, door, building, admission };
  }

  async #claimed(request) {
    const { claims, digest, unlock, door, building, admission, now } = request;
    const deadline = now + this.#bounds.deadlineMs;
    const claim = await this.#store.claim({
      claims,
      digest,
      unlock,
      door,
      building,
      parcelRequired: admission.requireParcel,
      now,
      deadline,
      record: this.#record('granted', now, request),
    });
    if (claim.kind === 'denied') {
      throw new Refusal(claim.reason, { retryAfterMs: claim.retryAfterMs });
    }
    if (claim.kind === 'recorded') {
      return { attempt: await this.#ended(claim.attempt, request, deadline), replayed: true };
    }
    const ack = await this.#doors.command(door.id, unlock, door.holdSeconds);
    return { attempt: await this.#closed(request, ack), replayed: false };
  }

  async #closed(request, ack) {
    const { claims, unlock, door, building, now } = request;
    const state = STATE_OF[ack.result];
    // A door's clock may be wrong; an opening lies between its claim and its ack.
    const at = Math.max(now, Math.min(ack.at ?? Infinity, Date.now()));
    const reason = REASON_OF[state];
    const record = this.#record(state, at, request, reason);
    await this.#store.close({ claims, building, state, reason, at, record });
    return { unlock, door: door.id, state, reason, at };
  }

  /** Another process has the first attempt with these bytes under way. */
  async #ended(attempt, { claims, digest }, deadline) {
    let latest = attempt;
    while (latest?.state === 'pending' && Date.now() < deadline) {
      await sleep(LOOK_AGAIN_MS);
      latest = await this.#store.recorded(claims, digest);
    }
    return latest ?? attempt;
  }

  /** The same bytes may have an outcome from before whatever made them refused. */
  async #denied(error, asked, { claims = error.claims, building }) {
    if (!(error instanceof Refusal) || claims?.aud !== asked.door) {
      throw error;
    }
    const attempt = await this.#store.recorded(claims, asked.digest);
    if (attempt) {
      const deadline = asked.now + this.#bounds.deadlineMs;
      const ended = await this.#ended(attempt, { claims, digest: asked.digest }, deadline);
      return { attempt: ended, replayed: true };
    }
    if (building) {
      const request = { ...asked, door: { id: asked.door }, claims };
      const record = this.#record('denied', asked.now, request, error.reason);
      await this.#store.append(building, asked.now, record);
    }
    throw error;
  }

  #record(type, at, { unlock, claims, door }, reason) {
    const { sub: courier, grant } = claims;
    return auditRecord(type, at, { door: door.id, unlock, courier, grant, reason });
  }
}
