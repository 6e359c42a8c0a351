import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

const STARTS_MAX = 5;
const START_LIMIT_MS = 10_000;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** Resolves with whether the process said that before it ended. */
function said(child, ready) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), START_LIMIT_MS);
    const settle = (value) => {
      clearTimeout(timer);
      resolve(value);
    };
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => line.includes(ready) && settle(true));
    }
    child.once('exit', () => settle(false));
    child.once('error', () => settle(false));
  });
}

/** Another process may take a free port between the look and the start. */
async function startOnFreePort(command, argumentsFor, ready) {
  for (let attempt = 1; attempt <= STARTS_MAX; attempt++) {
    const port = await freePort();
    const child = spawn(command, argumentsFor(port), { stdio: ['ignore', 'pipe', 'pipe'] });
    if (await said(child, ready)) {
      return { port, stop: () => stop(child) };
    }
    child.kill('SIGKILL');
  }
  throw new Error(`${command} does not start; is it installed?`);
}

async function stop(child) {
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}

export function startRedis() {
  const command = process.env.REDIS_SERVER ?? 'redis-server';
  const options = (port) => ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  return startOnFreePort(command, options, 'Ready to accept connections');
}

/** A broker on a plain port of the loopback that lets everybody in. */
export function startBroker() {
  return startOnFreePort('mosquitto', (port) => ['-v', '-p', String(port)], 'running');
}
