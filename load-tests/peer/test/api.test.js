import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { startRedis } from './support/processes.js';
import { Service } from './support/service.js';

const BUILDING = { manager: 'homes', timezone: 'America/New_York', admits: [] };

describe('the API', () => {
  let redis;
  let service;

  before(async () => (redis = await startRedis()));
  after(() => redis.stop());
  beforeEach(async () => (service = await Service.start(redis.port)));
  afterEach(() => service.stop());

  const status = async (body, token) => (await service.call('PUT', '/v1/buildings/elm', body, token)).statusCode;

  test('is the operator\'s alone', async () => {
    assert.equal(await status(BUILDING, 'no.to.ken'), 401);
    assert.equal(await status(BUILDING, await service.token('operator', 'another issuer')), 401);
    assert.equal(await status(BUILDING, await service.token('doors:read')), 403);
    assert.equal(await status(BUILDING), 200);
  });

  test('refuses a body with a member that it does not know, or of another type', async () => {
    assert.equal(await status({ ...BUILDING, colour: 'red' }), 400);
    assert.equal(await status({ ...BUILDING, retentionDays: '90' }), 400);
    assert.equal(await status({ ...BUILDING, timezone: 'Nowhere/Land' }), 400);
    assert.equal(await service.redis.exists('building:elm'), 0);
  });

  test('refuses a door in a building that is unknown', async () => {
    assert.equal((await service.call('PUT', '/v1/doors/front', { building: 'oak' })).statusCode, 400);
  });

  test('refuses a private key, and one that is none', async () => {
    const put = async (key) =>
      (await service.call('PUT', '/v1/couriers/ana', { carrier: 'swift', keys: [key] })).statusCode;

    assert.equal(await put({ kty: 'OKP', crv: 'Ed25519', x: 'AA', d: 'AA' }), 400);
    assert.equal(await put({ kty: 'EC', crv: 'P-256', x: 'AA' }), 400);
  });

  test('keeps a grant once, for a window of at most a day', async () => {
    const grant = (id, notAfter) => ({
      id,
      courier: 'ana',
      door: 'front',
      parcels: ['A'.repeat(43)],
      notBefore: '2046-01-01T00:00:00Z',
      notAfter,
    });
    const post = async (body) => (await service.call('POST', '/v1/grants', body)).statusCode;

    assert.equal(await post(grant('one', '2046-01-02T00:00:00Z')), 201);
    assert.equal(await post(grant('one', '2046-01-02T00:00:00Z')), 409);
    assert.equal(await post(grant('two', '2046-01-02T00:00:01Z')), 400);
    assert.equal(await post(grant('three', '2046-01-01T00:00:00Z')), 400);
  });

  test('is ready while broker and store are', async () => {
    const ready = async () => (await service.app.inject('/health/ready')).statusCode;

    assert.equal(await ready(), 200);
    service.doors.connected = false;
    assert.equal(await ready(), 503);
  });

  test('asks an unlock for a JWS', async () => {
    const answer = await service.app.inject({ method: 'POST', url: '/v1/doors/front/unlock', payload: {} });

    assert.equal(answer.statusCode, 415);
    assert.match(answer.headers['content-type'], /^application\/problem\+json/);
  });
});
