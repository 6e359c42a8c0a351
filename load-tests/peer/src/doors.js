import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { calculateJwkThumbprint, exportJWK, importPKCS8, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import mqtt from 'mqtt';

const COMMAND_LIFE_SECONDS = 5;
const SILENT_MS = 10_000;
const SILENT_MAX = 100_000;
const RESULTS = new Set(['opened', 'refused', 'failed']);
const ACKS = 'door/+/ack';

/** Connected to the broker, and subscribed to what doors say of their commands. */
export async function connectBroker({ url, username, password }) {
  const client = mqtt.connect(url, { username, password, clean: true, keepalive: 30 });
  // mqtt.js leaves Nagle's algorithm on: with delayed acknowledgements that costs 40 ms a command.
  client.on('connect', () => client.stream.setNoDelay(true));
  await once(client, 'connect');
  await client.subscribeAsync(ACKS, { qos: 1 });
  return client;
}

/** Signs commands with the service's key. */
export class CommandSigner {
  #key;
  #header;
  #issuer;

  constructor(key, header, issuer) {
    this.#key = key;
    this.#header = header;
    this.#issuer = issuer;
  }

  static async read({ key, issuer }) {
    const pem = await readFile(key, 'utf8');
    const kid = await calculateJwkThumbprint(await exportJWK(createPublicKey(pem)));
    const header = { alg: 'EdDSA', typ: 'command+jwt', kid };
    return new CommandSigner(await importPKCS8(pem, 'EdDSA'), header, issuer);
  }

  /** A compact JWS that tells the door to open once, within the next seconds. */
  sign(door, unlock, hold) {
    const iat = Math.floor(Date.now() / 1000);
    const exp = iat + COMMAND_LIFE_SECONDS;
    return new SignJWT({ iss: this.#issuer, aud: door, jti: unlock, iat, exp, cmd: 'unlock', hold })
      .setProtectedHeader(this.#header)
      .sign(this.#key);
  }
}

/**
 * Commands doors over the broker and hears their acks. The broker does not say whether a door is
 * connected: one is taken to be until a command goes without an ack, and then for some seconds not.
 */
export class Doors {
  #client;
  #signer;
  #ackTimeoutMs;
  #waiting = new Map();
  #silent = new LRUCache({ max: SILENT_MAX, ttl: SILENT_MS });

  constructor(client, signer, ackTimeoutMs) {
    this.#client = client;
    this.#signer = signer;
    this.#ackTimeoutMs = ackTimeoutMs;
    client.on('message', (topic, payload) => this.#heard(topic, payload));
  }

  get connected() {
    return this.#client.connected;
  }

  online(door) {
    return this.connected && !this.#silent.has(door);
  }

  /** The ack's result and time; `timed_out` where none came: the door may have opened. */
  async command(door, unlock, hold) {
    const jws = await this.#signer.sign(door, unlock, hold);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#silent.set(door, true);
        this.#settle(unlock, { result: 'timed_out' });
      }, this.#ackTimeoutMs);
      this.#waiting.set(unlock, { door, timer, resolve });
      this.#client.publish(`door/${door}/command`, jws, { qos: 1 });
    });
  }

  #heard(topic, payload) {
    const door = topic.slice('door/'.length, -'/ack'.length);
    this.#silent.delete(door);
    const ack = parsed(payload);
    if (RESULTS.has(ack?.result) && this.#waiting.get(ack.command)?.door === door) {
      this.#settle(ack.command, { result: ack.result, at: ack.at });
    }
  }

  #settle(unlock, ack) {
    const { timer, resolve } = this.#waiting.get(unlock);
    this.#waiting.delete(unlock);
    clearTimeout(timer);
    resolve(ack);
  }
}

function parsed(payload) {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
