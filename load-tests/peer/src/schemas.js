const id = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' };
const time = { type: 'string', format: 'date-time' };
const status = { enum: ['active', 'suspended'], default: 'active' };
const closed = (required, properties) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

const hours = closed(['days', 'from', 'to'], {
  days: { type: 'array', minItems: 1, maxItems: 7, items: { enum: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] } },
  from: { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' },
  to: { type: 'string', pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' },
});

const admission = closed(['carrier', 'doors', 'hours'], {
  carrier: id,
  doors: { type: 'array', minItems: 1, maxItems: 1000, items: { anyOf: [{ const: '*' }, id] } },
  hours: { type: 'array', maxItems: 50, items: hours },
  requireParcel: { type: 'boolean', default: true },
  requireScreening: { type: 'boolean', default: true },
  maxDistanceMeters: { type: 'number', exclusiveMinimum: 0 },
});

export const building = closed(['manager', 'timezone', 'admits'], {
  manager: id,
  timezone: { type: 'string' },
  consent: closed(['givenBy', 'givenAt'], {
    givenBy: { type: 'string', minLength: 1, maxLength: 200 },
    givenAt: time,
    document: { type: 'string', maxLength: 200 },
  }),
  location: closed(['lat', 'lon'], {
    lat: { type: 'number', minimum: -90, maximum: 90 },
    lon: { type: 'number', minimum: -180, maximum: 180 },
  }),
  admits: { type: 'array', maxItems: 100, items: admission },
  status,
  retentionDays: { type: 'integer', minimum: 1, maximum: 3650, default: 90 },
});

export const door = closed(['building'], {
  manager: id,
  building: id,
  name: { type: 'string', maxLength: 200 },
  status,
  holdSeconds: { type: 'integer', minimum: 1, maximum: 60, default: 5 },
  // Doors here come with a certificate; a secret is taken and not kept.
  secret: { type: 'string', minLength: 1, maxLength: 256 },
});

const jwk = {
  type: 'object',
  required: ['kty', 'crv', 'x'],
  properties: {
    kty: { enum: ['OKP', 'EC'] },
    crv: { enum: ['Ed25519', 'P-256'] },
    x: { type: 'string' },
    y: { type: 'string' },
    d: false,
  },
};

export const courier = closed(['carrier', 'keys'], {
  carrier: id,
  keys: { type: 'array', maxItems: 8, items: jwk },
  screening: closed(['status', 'expiresAt'], {
    status: { enum: ['passed', 'failed', 'pending'] },
    expiresAt: time,
  }),
  status,
});

export const grant = closed(['courier', 'door', 'parcels', 'notBefore', 'notAfter'], {
  id,
  carrier: id,
  courier: id,
  door: id,
  parcels: {
    type: 'array',
    minItems: 1,
    maxItems: 50,
    uniqueItems: true,
    items: { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' },
  },
  notBefore: time,
  notAfter: time,
  maxUses: { type: 'integer', minimum: 1, maximum: 100, default: 1 },
  graceSeconds: { type: 'integer', minimum: 0, maximum: 900, default: 300 },
});

export const params = closed(['id'], { id });

/** How an opened door is answered; fastify compiles it to a writer of its own. */
export const openedAnswer = {
  type: 'object',
  properties: {
    unlock: { type: 'string' },
    door: { type: 'string' },
    state: { type: 'string' },
    openedAt: { type: 'string' },
  },
};
