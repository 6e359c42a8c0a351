const MINUTES_PER_DAY = 24 * 60;

function required(env, name) {
  const value = env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

function number(env, name, fallback) {
  const value = Number(env[name] ?? fallback);
  if (!Number.isFinite(value) || value < 0) {
    throw new Error(`${name} is no number from 0 on: ${env[name]}`);
  }
  return value;
}

/** What the service runs with, all of it from the environment. Fails where something is missing. */
export function readConfig(env) {
  return {
    http: { host: env.HTTP_HOST ?? '127.0.0.1', port: number(env, 'HTTP_PORT', 8080) },
    workerCount: number(env, 'WORKERS', 1),
    redisUrl: required(env, 'REDIS_URL'),
    mqtt: {
      url: required(env, 'MQTT_URL'),
      username: env.MQTT_USERNAME,
      password: env.MQTT_PASSWORD,
    },
    auth: {
      jwks: required(env, 'AUTH_JWKS'),
      issuer: env.AUTH_ISSUER ?? 'vestibule-dev',
      audience: env.AUTH_AUDIENCE ?? 'vestibule',
    },
    signing: { key: required(env, 'SIGNING_KEY'), issuer: env.SIGNING_ISSUER ?? 'unlock-service' },
    cache: {
      entriesMax: number(env, 'CACHE_ENTRIES_MAX', 50_000),
      ttlMs: number(env, 'CACHE_SECONDS', 60) * 1000,
    },
    unlock: {
      ackTimeoutMs: number(env, 'ACK_TIMEOUT_MS', 5_000),
      deadlineMs: number(env, 'DEADLINE_MS', 8_000),
      inFlightMax: number(env, 'IN_FLIGHT_MAX', 10_000),
      ratePerMinute: number(env, 'RATE_PER_MINUTE', 15),
      attemptTtlMs: number(env, 'ATTEMPT_TTL_MINUTES', MINUTES_PER_DAY) * 60_000,
    },
  };
}
