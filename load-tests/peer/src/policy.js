import { Refusal } from './refusal.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;
const EARTH_RADIUS_METERS = 6_371_008.8;

/** A zone's wall clock. Asking Intl takes microseconds, so each minute asks once. */
class WallClock {
  #format;
  #minute = -1;
  #minuteOfWeek = 0;

  constructor(timeZone) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }

  minuteOfWeek(now) {
    const minute = Math.floor(now / 60_000);
    if (minute !== this.#minute) {
      const parts = this.#format.formatToParts(now);
      const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
      const day = DAYS.indexOf(part.weekday.toLowerCase());
      this.#minuteOfWeek = day * DAY_MINUTES + Number(part.hour) * 60 + Number(part.minute);
      this.#minute = minute;
    }
    return this.#minuteOfWeek;
  }
}

const clocks = new Map();

function wallClock(timeZone) {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new WallClock(timeZone);
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** False for what is no region of the time zone database. */
export function knownZone(timeZone) {
  try {
    return wallClock(timeZone) !== undefined;
  } catch {
    return false;
  }
}

const minutes = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** Ranges of minutes of the week; one past midnight belongs to the day it starts on. */
function ranges({ days, from, to }) {
  const length = minutes(to) - minutes(from);
  return days.map((day) => {
    const start = DAYS.indexOf(day) * DAY_MINUTES + minutes(from);
    return { start, length: length > 0 ? length : length + DAY_MINUTES };
  });
}

/** What a building's entry says, ready to be asked. */
export function compileBuilding(building) {
  return {
    ...building,
    clock: wallClock(building.timezone),
    admits: building.admits.map((admission) => ({
      ...admission,
      doors: new Set(admission.doors),
      hours: admission.hours.flatMap(ranges),
    })),
  };
}

function screened({ screening }, now) {
  return screening?.status === 'passed' && now < Date.parse(screening.expiresAt);
}

function open(admission, minute) {
  return admission.hours.some(
    ({ start, length }) => (minute - start + WEEK_MINUTES) % WEEK_MINUTES < length,
  );
}

function near(admission, location, geo) {
  if (admission.maxDistanceMeters === undefined) {
    return true;
  }
  return Boolean(location && geo) && distanceMeters(location, geo) <= admission.maxDistanceMeters;
}

function distanceMeters(a, b) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const lat = Math.sin(radians(b.lat - a.lat) / 2);
  const lon = Math.sin(radians(b.lon - a.lon) / 2);
  const h = lat * lat + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * lon * lon;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The admission that lets the courier in; a refusal names the first condition that fails. */
export function admit({ courier, door, building, geo, now }) {
  if (courier.status === 'suspended') {
    throw new Refusal('courier_suspended');
  }
  const named = building.admits.filter(
    ({ carrier, doors }) => carrier === courier.carrier && (doors.has('*') || doors.has(door.id)),
  );
  const trusted = named.filter((admission) => !admission.requireScreening || screened(courier, now));
  if (named.length > 0 && trusted.length === 0) {
    throw new Refusal('screening_lapsed');
  }
  if (!building.consent) {
    throw new Refusal('no_consent');
  }
  if (building.status === 'suspended') {
    throw new Refusal('building_suspended');
  }
  if (door.status === 'suspended') {
    throw new Refusal('door_suspended');
  }
  return narrowed(trusted, building, geo, now);
}

function narrowed(admissions, building, geo, now) {
  if (admissions.length === 0) {
    throw new Refusal('carrier_not_admitted');
  }
  const minute = building.clock.minuteOfWeek(now);
  const openNow = admissions.filter((admission) => open(admission, minute));
  if (openNow.length === 0) {
    throw new Refusal('outside_hours');
  }
  const chosen = openNow.find((admission) => near(admission, building.location, geo));
  if (!chosen) {
    throw new Refusal('too_far');
  }
  return chosen;
}
