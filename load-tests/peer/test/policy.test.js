import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { admit, compileBuilding, knownZone } from '../src/policy.js';

const ANA = { carrier: 'swift', status: 'active', screening: { status: 'passed', expiresAt: '2046-01-01T00:00:00Z' } };

function outcome({ hours, at, more = {}, location, geo, courier = ANA, admits }) {
  const admission = { carrier: 'swift', doors: ['*'], requireScreening: true, hours, ...more };
  const building = compileBuilding({
    timezone: 'America/New_York',
    consent: {},
    location,
    admits: admits ?? [admission],
  });
  try {
    return admit({ courier, door: { id: 'front' }, building, geo, now: Date.parse(at) });
  } catch (refusal) {
    return refusal.reason;
  }
}

describe('hours', () => {
  const working = [{ days: ['mon'], from: '07:00', to: '21:00' }];
  const night = [{ days: ['sun'], from: '22:00', to: '02:00' }];
  const closed = 'outside_hours';

  // 2026-01-12 is a Monday; New York is 5 hours behind UTC then, 4 in July.
  for (const [name, hours, at, open] of [
    ['begin on the minute', working, '2026-01-12T12:00:00Z', true],
    ['have not begun a minute before', working, '2026-01-12T11:59:59Z', false],
    ['have ended on the minute', working, '2026-01-13T02:00:00Z', false],
    ['follow daylight saving', working, '2026-07-13T11:00:00Z', true],
    ['are of their days alone', working, '2026-01-13T15:00:00Z', false],
    ['run past midnight and the end of the week', night, '2026-01-12T06:59:00Z', true],
    ['that run past midnight end', night, '2026-01-12T07:00:00Z', false],
  ]) {
    test(name, () => {
      assert.equal(outcome({ hours, at }) !== closed, open);
    });
  }

  test('may be the whole day', () => {
    const hours = [{ days: ['mon'], from: '00:00', to: '24:00' }];

    assert.notEqual(outcome({ hours, at: '2026-01-13T04:59:00Z' }), closed);
    assert.equal(outcome({ hours, at: '2026-01-13T05:00:00Z' }), closed);
  });
});

describe('an admission', () => {
  const always = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }];
  const at = '2026-01-12T12:00:00Z';
  const location = { lat: 40.7484, lon: -73.9857 };

  test('may ask the courier to be near', () => {
    const near = { lat: 40.749, lon: -73.9857 };
    const far = { lat: 40.75, lon: -73.9857 };
    const more = { maxDistanceMeters: 75 };

    assert.equal(typeof outcome({ hours: always, at, more, location, geo: near }), 'object');
    assert.equal(outcome({ hours: always, at, more, location, geo: far }), 'too_far');
    assert.equal(outcome({ hours: always, at, more, location }), 'too_far');
  });

  test('of several suffices where all of its conditions hold', () => {
    const one = { carrier: 'swift', doors: ['front'], hours: [], requireScreening: false };
    const other = { ...one, hours: always };

    assert.equal(typeof outcome({ at, admits: [one, other] }), 'object');
  });

  test('may do without screening', () => {
    const courier = { ...ANA, screening: undefined };

    assert.equal(outcome({ hours: always, at, courier }), 'screening_lapsed');
    assert.equal(typeof outcome({ hours: always, at, courier, more: { requireScreening: false } }), 'object');
  });
});

test('a zone that is none is known as such', () => {
  assert.equal(knownZone('America/New_York'), true);
  assert.equal(knownZone('Nowhere/Land'), false);
});
