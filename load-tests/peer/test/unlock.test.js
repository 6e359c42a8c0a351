import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { Courier, parcel } from './support/courier.js';
import { startRedis } from './support/processes.js';
import { Service } from './support/service.js';

const PAST = '2026-01-01T00:00:00Z';

describe('an unlock', () => {
  let redis;
  let service;

  before(async () => (redis = await startRedis()));
  after(() => redis.stop());
  beforeEach(async () => {
    service = await Service.start(redis.port);
    await service.provision();
  });
  afterEach(() => service.stop());

  test('in order opens the door, and is on record', async () => {
    const answer = await service.unlock(await service.request());

    assert.equal(answer.status, 200);
    assert.equal(answer.outcome, 'opened');
    assert.equal(answer.body.door, 'front');
    assert.ok(Date.parse(answer.body.openedAt) <= Date.now());
    assert.deepEqual(service.doors.commands, [{ door: 'front', unlock: answer.body.unlock, hold: 5 }]);
    assert.deepEqual(await service.audit(), ['granted', 'opened']);
    assert.equal(await service.redis.zcard('pending'), 0);
  });

  test('signed with P-256 opens too', async () => {
    service.courier = await Courier.create('ana', 'ES256');
    await service.courierEntry(service.courier);

    assert.equal((await service.unlock(await service.request())).outcome, 'opened');
  });

  const seconds = () => Math.floor(Date.now() / 1000);
  const requestRefusals = [
    ['malformed', 400, () => 'no.jws'],
    ['malformed', 400, (s) => s.request({ jti: 'short' })],
    ['malformed', 400, (s) => s.request({ exp: seconds() + 61 })],
    ['malformed', 400, (s) => s.request({}, { typ: 'JWT' })],
    ['malformed', 400, (s) => s.request({}, { jwk: s.courier.jwk })],
    ['malformed', 400, (s) => s.request({ grant: undefined })],
    ['unknown_key', 401, (s) => s.request({ sub: 'nobody' })],
    ['unknown_key', 401, (s) => s.request({}, { kid: 'other' })],
    ['bad_signature', 401, async (s) => flipped(await s.request())],
    ['not_yet_valid', 401, (s) => s.request({ iat: seconds() + 20, exp: seconds() + 40 })],
    ['expired', 401, (s) => s.request({ iat: seconds() - 60, exp: seconds() - 10 })],
    ['wrong_door', 403, (s) => s.request({ aud: 'back' })],
    ['unknown_grant', 403, (s) => s.request({ grant: 'none' })],
    ['parcel_mismatch', 403, (s) => s.request({ parcel: parcel('other') })],
    ['parcel_mismatch', 403, (s) => s.request({ parcel: undefined })],
  ];
  for (const [index, [reason, status, request]] of requestRefusals.entries()) {
    test(`is refused for its request: ${reason} (${index})`, async () => {
      const answer = await service.unlock(await request(service));

      assert.deepEqual([answer.outcome, answer.status], [reason, status]);
      assert.deepEqual(service.doors.commands, []);
    });
  }

  test('with an algorithm that is not one of the two is refused', async () => {
    const [, payload, signature] = (await service.request()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: service.courier.kid, typ: 'unlock+jwt' }));

    const answer = await service.unlock([header.toString('base64url'), payload, signature].join('.'));

    assert.equal(answer.outcome, 'unsupported_algorithm');
  });

  const admits = (more) => [
    { carrier: 'swift', doors: ['*'], hours: [{ days: ['mon'], from: '00:00', to: '24:00' }], ...more },
  ];
  const failed = { status: 'failed', expiresAt: PAST };
  const policyRefusals = [
    ['courier_suspended', 403, (s) => s.courierEntry(s.courier, { status: 'suspended' })],
    ['screening_lapsed', 403, (s) => s.courierEntry(s.courier, { screening: failed })],
    ['no_consent', 403, (s) => s.building({ consent: undefined })],
    ['building_suspended', 403, (s) => s.building({ status: 'suspended' })],
    ['door_suspended', 403, (s) => s.door({ status: 'suspended' })],
    ['carrier_not_admitted', 403, (s) => s.building({ admits: admits({ carrier: 'other' }) })],
    ['carrier_not_admitted', 403, (s) => s.building({ admits: admits({ doors: ['back'] }) })],
    ['outside_hours', 403, (s) => s.building({ admits: admits({ hours: [] }) })],
    ['door_offline', 503, (s) => s.doors.offline.add('front')],
  ];
  for (const [index, [reason, status, change]] of policyRefusals.entries()) {
    test(`is refused by policy: ${reason} (${index})`, async () => {
      await change(service);

      const answer = await service.unlock(await service.request());

      assert.deepEqual([answer.outcome, answer.status], [reason, status]);
      assert.deepEqual(service.doors.commands, []);
      assert.deepEqual(await service.audit(), ['denied']);
    });
  }

  test('at a door that nobody registered is refused', async () => {
    const answer = await service.unlock(await service.request({ aud: 'back' }), 'back');

    assert.deepEqual([answer.outcome, answer.status], ['unknown_door', 404]);
  });

  const hour = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const grantRefusals = [
    ['grant_mismatch', { courier: 'other' }],
    ['grant_mismatch', { door: 'back' }],
    ['grant_not_started', { notBefore: hour(1), notAfter: hour(2) }],
    ['grant_expired', { notBefore: hour(-2), notAfter: hour(-1) }],
  ];
  for (const [index, [reason, more]] of grantRefusals.entries()) {
    test(`is refused by its grant: ${reason} (${index})`, async () => {
      await service.grant({ id: 'second', ...more });

      const answer = await service.unlock(await service.request({ grant: 'second' }));

      assert.deepEqual([answer.outcome, answer.status], [reason, 403]);
      assert.deepEqual(service.doors.commands, []);
    });
  }

  test('sent again gets the recorded outcome, and opens nothing', async () => {
    const jws = await service.request();
    const first = await service.unlock(jws);

    const again = await service.unlock(jws);

    assert.deepEqual(again.body, first.body);
    assert.equal(again.replayed, 'true');
    assert.equal(service.doors.commands.length, 1);
  });

  test('sent again after the courier is suspended still gets the recorded outcome', async () => {
    const jws = await service.request();
    const first = await service.unlock(jws);
    await service.courierEntry(service.courier, { status: 'suspended' });

    assert.deepEqual((await service.unlock(jws)).body, first.body);
  });

  test('sent again while the first is under way waits for its outcome', async () => {
    const jws = await service.request();

    const [first, again] = await Promise.all([service.unlock(jws), service.unlock(jws)]);

    assert.deepEqual(again.body, first.body);
    assert.equal(service.doors.commands.length, 1);
  });

  test('under a jti that other bytes have used is a replay', async () => {
    const jti = 'A'.repeat(22);
    await service.unlock(await service.request({ jti }));

    const answer = await service.unlock(await service.request({ jti, geo: { lat: 1, lon: 2 } }));

    assert.deepEqual([answer.outcome, answer.status], ['replayed', 409]);
    assert.equal(service.doors.commands.length, 1);
  });

  test('after the last visit is refused', async () => {
    await service.unlock(await service.request());

    assert.equal((await service.unlock(await service.request())).outcome, 'grant_used_up');
  });

  test('within the grace of its visit opens again', async () => {
    await service.grant({ id: 'graceful', graceSeconds: 60 });
    await service.unlock(await service.request({ grant: 'graceful' }));

    const again = await service.unlock(await service.request({ grant: 'graceful' }));

    assert.equal(again.outcome, 'opened');
    assert.equal(await service.redis.hget('grant:graceful', 'used'), '1');
  });

  test('that the door refuses gives the visit back', async () => {
    service.doors.answer = async () => ({ result: 'refused', at: Date.now() });
    const refused = await service.unlock(await service.request());
    service.doors.answer = async () => ({ result: 'opened', at: Date.now() });

    const opened = await service.unlock(await service.request());

    assert.deepEqual([refused.outcome, refused.status, refused.body.state], ['door_refused', 502, 'refused']);
    assert.equal(opened.outcome, 'opened');
  });

  test('that the door does not answer is unknown, and its visit is used', async () => {
    service.doors.answer = async () => ({ result: 'timed_out' });
    const silent = await service.unlock(await service.request());

    const next = await service.unlock(await service.request());

    assert.deepEqual([silent.outcome, silent.status, silent.body.state], ['door_timed_out', 504, 'unknown']);
    assert.equal(next.outcome, 'grant_used_up');
  });

  test('that its process left behind is ended as unknown', async () => {
    service.doors.answer = () => new Promise(() => {});
    const jws = await service.request();
    service.unlock(jws).catch(() => {});
    await until(async () => (await service.redis.zcard('pending')) === 1);

    await service.store.sweep(Date.now() + 60_000, { type: 'vestibule.unlock.unknown' });

    assert.equal(await service.redis.zcard('pending'), 0);
    assert.deepEqual(await service.audit(), ['granted', 'unknown']);
    assert.equal(await service.redis.hget('grant:grant', 'in_flight'), '0');
  });

  test('that the store does not answer is refused', async () => {
    const jws = await service.request();
    service.redis.disconnect();

    const answer = await service.unlock(jws);

    assert.deepEqual([answer.outcome, answer.status, answer.retryAfter], ['store_unavailable', 503, '1']);
    assert.deepEqual(service.doors.commands, []);
  });

  test('where no parcel is asked may come without one', async () => {
    await service.building({
      admits: admits({ requireParcel: false, hours: [{ days: [...DAYS], from: '00:00', to: '24:00' }] }),
    });

    assert.equal((await service.unlock(await service.request({ parcel: undefined }))).outcome, 'opened');
  });
});

describe('an unlock past a bound', () => {
  let redis;

  before(async () => (redis = await startRedis()));
  after(() => redis.stop());

  test('of its door is told when to come again', async () => {
    const service = await Service.start(redis.port, { ratePerMinute: 1 });
    await service.provision();
    await service.grant({ id: 'many', maxUses: 10 });
    await service.unlock(await service.request({ grant: 'many' }));

    const answer = await service.unlock(await service.request({ grant: 'many' }));

    assert.deepEqual([answer.outcome, answer.status], ['rate_limited', 429]);
    assert.ok(Number(answer.retryAfter) >= 1 && Number(answer.retryAfter) <= 60);
    await service.stop();
  });

  test('of what may be in flight is refused', async () => {
    const service = await Service.start(redis.port, { inFlightMax: 0 });
    await service.provision();

    const answer = await service.unlock(await service.request());

    assert.deepEqual([answer.outcome, answer.status], ['overloaded', 503]);
    await service.stop();
  });
});

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function flipped(jws) {
  const at = jws.lastIndexOf('.') + 10;
  return jws.slice(0, at) + (jws[at] === 'A' ? 'B' : 'A') + jws.slice(at + 1);
}

async function until(condition) {
  const deadline = Date.now() + 5_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'it did not come true in time');
  }
}

