import Fastify, { LogController } from 'fastify';
import { api } from './api.js';
import { Refusal } from './refusal.js';
import { openedAnswer, params } from './schemas.js';

const UNLOCK_BODY_MAX = 4_096;
const UNKNOWN_FIELDS_REFUSED = { removeAdditional: false, coerceTypes: false, useDefaults: true };

/** The HTTP side of the service, not yet listening. */
export async function buildServer({ unlocks, store, doors, auth }) {
  const app = Fastify({
    logger: { level: 'warn' },
    logController: new LogController({ disableRequestLogging: true }),
    ajv: { customOptions: UNKNOWN_FIELDS_REFUSED },
  });
  app.setErrorHandler((error, request, reply) => refuse(refusalOf(error, request), reply));
  app.setNotFoundHandler((request, reply) => reply.code(404).send());
  app.addContentTypeParser('application/jose', { parseAs: 'string' }, (_, body, done) => done(null, body));
  app.register(api({ store, auth }));
  app.register(unlockRoute(unlocks));
  app.get('/health/ready', async (_, reply) => {
    const ready = doors.connected && (await store.ready());
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'UP' : 'DOWN' });
  });
  await app.ready();
  return app;
}

function unlockRoute(unlocks) {
  const options = {
    bodyLimit: UNLOCK_BODY_MAX,
    schema: { params, response: { 200: openedAnswer } },
  };
  return async (app) => {
    app.removeContentTypeParser(['application/json', 'text/plain']);
    app.post('/v1/doors/:id/unlock', options, async (request, reply) => {
      const { attempt, replayed } = await unlocks.unlock(request.params.id, request.body);
      if (replayed) {
        reply.header('idempotent-replayed', 'true');
      }
      return attempt.state === 'opened' ? opened(attempt) : refuse(refusalOfAttempt(attempt), reply);
    });
  };
}

function opened({ unlock, door, state, at }) {
  return { unlock, door, state, openedAt: new Date(at).toISOString() };
}

/** One still pending belongs to a process that is gone, and will be unknown. */
function refusalOfAttempt({ unlock, door, state, reason = 'door_timed_out' }) {
  const ended = state === 'pending' ? 'unknown' : state;
  return new Refusal(reason, { more: { unlock, door, state: ended } });
}

function refusalOf(error, request) {
  if (error instanceof Refusal) {
    return error;
  }
  if (error.statusCode === 415) {
    return Object.assign(new Refusal('malformed'), { status: 415 });
  }
  if (error.statusCode < 500) {
    return new Refusal('malformed', { more: { detail: error.message } });
  }
  request.log.error(error);
  return Object.assign(new Refusal('internal_error'), { status: 500 });
}

function refuse(refusal, reply) {
  if (refusal.retryAfter) {
    reply.header('retry-after', refusal.retryAfter);
  }
  return reply.code(refusal.status).type('application/problem+json').send(refusal.problem());
}
