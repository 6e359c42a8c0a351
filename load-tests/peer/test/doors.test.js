import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { generateKeyPair, jwtVerify } from 'jose';
import mqtt from 'mqtt';
import { CommandSigner, connectBroker, Doors } from '../src/doors.js';
import { startBroker } from './support/processes.js';

const ACK_TIMEOUT_MS = 300;

describe('a command', () => {
  let broker;
  let client;
  let door;
  let doors;
  let keys;

  before(async () => (broker = await startBroker()));
  after(() => broker.stop());
  beforeEach(async () => {
    const url = `mqtt://127.0.0.1:${broker.port}`;
    keys = await generateKeyPair('EdDSA');
    client = await connectBroker({ url });
    const signer = new CommandSigner(keys.privateKey, { alg: 'EdDSA', typ: 'command+jwt', kid: 'k' }, 'service');
    doors = new Doors(client, signer, ACK_TIMEOUT_MS);
    door = await mqtt.connectAsync(url, { clientId: 'front' });
    await door.subscribeAsync('door/front/command', { qos: 1 });
  });
  afterEach(() => Promise.all([client.endAsync(), door.endAsync()]));

  const commanded = () => new Promise((resolve) => door.once('message', (_, jws) => resolve(String(jws))));
  const ack = (command, result, topic = 'door/front/ack') =>
    door.publishAsync(topic, JSON.stringify({ command, result, at: 1 }), { qos: 1 });

  test('reaches the door signed, and its ack is the answer', async () => {
    const jws = commanded();
    const answer = doors.command('front', 'unlock-1', 7);

    const { payload } = await jwtVerify(await jws, keys.publicKey, { typ: 'command+jwt', audience: 'front' });
    await ack('unlock-1', 'opened');

    assert.deepEqual([payload.jti, payload.cmd, payload.hold], ['unlock-1', 'unlock', 7]);
    assert.equal(payload.exp - payload.iat, 5);
    assert.deepEqual(await answer, { result: 'opened', at: 1 });
  });

  test('is not answered by another door, nor by what is no ack', async () => {
    const jws = commanded();
    const answer = doors.command('front', 'unlock-1', 7);
    await jws;

    await ack('unlock-1', 'opened', 'door/back/ack');
    await ack('unlock-2', 'opened');
    await ack('unlock-1', 'perhaps');
    await door.publishAsync('door/front/ack', 'no JSON', { qos: 1 });
    await ack('unlock-1', 'refused');

    assert.equal((await answer).result, 'refused');
  });

  test('without an ack times out, and its door is offline until it is heard again', async () => {
    assert.equal(doors.online('front'), true);

    const answer = await doors.command('front', 'unlock-1', 7);

    assert.equal(answer.result, 'timed_out');
    assert.equal(doors.online('front'), false);
    const heard = new Promise((resolve) => client.once('message', resolve));
    await ack('unlock-1', 'opened');
    await heard;
    assert.equal(doors.online('front'), true);
  });

  test('cannot be given while the broker is away', async () => {
    await client.endAsync();

    assert.equal(doors.online('front'), false);
  });
});
