import cluster from 'node:cluster';
import { auditRecord } from './audit.js';
import { readConfig } from './config.js';
import { Directory } from './directory.js';
import { CommandSigner, connectBroker, Doors } from './doors.js';
import { buildServer } from './server.js';
import { connectRedis, Store } from './store.js';
import { Unlocks } from './unlock.js';
import { RequestVerifier } from './verify.js';

const SWEEP_EVERY_MS = 5_000;

async function serve(config) {
  const redis = connectRedis(config.redisUrl);
  redis.on('error', (error) => console.error(`redis: ${error.message}`));
  await redis.connect();
  const broker = await connectBroker(config.mqtt);
  broker.on('error', (error) => console.error(`mqtt: ${error.message}`));

  const store = new Store(redis, config.unlock);
  const directory = new Directory(store, config.cache);
  const signer = await CommandSigner.read(config.signing);
  const doors = new Doors(broker, signer, config.unlock.ackTimeoutMs);
  const verifier = new RequestVerifier(directory);
  const unlocks = new Unlocks({ directory, verifier, store, doors }, config.unlock);
  const app = await buildServer({ unlocks, store, doors, auth: config.auth });

  const sweep = setInterval(() => {
    const now = Date.now();
    const record = auditRecord('unknown', now, { reason: 'door_timed_out' });
    store.sweep(now, record).catch((error) => console.error(`sweep: ${error.message}`));
  }, SWEEP_EVERY_MS);
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, async () => {
      clearInterval(sweep);
      await app.close();
      await broker.endAsync();
      redis.disconnect();
    });
  }
  await app.listen(config.http);
  return app.server.address().port;
}

/** Each worker listens on the same port; the ready line comes once all do. */
function serveWithWorkers(count) {
  let readyCount = 0;
  for (let index = 0; index < count; index++) {
    cluster.fork().once('listening', ({ port }) => {
      if (++readyCount === count) {
        sayReady(port);
      }
    });
  }
  cluster.on('exit', () => {
    process.exitCode = 1;
    cluster.disconnect();
  });
}

function sayReady(port) {
  console.log(`peer ready http=${port}`);
}

const config = readConfig(process.env);
if (config.workerCount > 1 && cluster.isPrimary) {
  serveWithWorkers(config.workerCount);
} else {
  const port = await serve(config);
  if (cluster.isPrimary) {
    sayReady(port);
  }
}
