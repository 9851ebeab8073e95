import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { Socket as NetSocket } from 'node:net';
import { v7 as uuid } from 'uuid';
import { io, type Socket } from 'socket.io-client';
import request from 'supertest';
import { RetentionService } from '@app/features/audit/retention.service';
import { CallSweep } from '@app/features/calls/call-sweep.service';
import { TestApp } from '../support/app';
import { phoneHub, post, type PhoneHub } from '../support/phone';
import type { TestPerson } from '../support/world';

let t: TestApp;
let hub: PhoneHub;
let agent: TestPerson;
const sockets: Socket[] = [];

beforeAll(async () => {
  t = await TestApp.start();
  hub = await phoneHub(t, 'FM');
  agent = await t.world.staff('FM', 'agent');
  await t
    .as(hub.supervisor, 'put', `/hubs/${hub.hubId}/telephony/agents/${agent.accountId}`)
    .send({
      names: [
        { kind: 'extension', value: '204' },
        { kind: 'displayName', value: 'Samira B.' },
      ],
    })
    .expect(200);
}, 90_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await t?.stop();
});

let numbers = 0;
/** Of a block that is not assigned. */
const newNumber = (): string => `2126850${String((numbers += 1)).padStart(5, '0')}`;
let calls = 0;
const newCall = (): string => `call-${(calls += 1)}`;
const TO = '212523600100';

async function callOf(callId: string, what: (call: Call) => boolean = () => true): Promise<Call> {
  const id = await t.until(async () => {
    const { rows } = await t.world.client.query('select id from call where root_id = $1', [callId]);
    return rows[0]?.id as string | undefined;
  });
  return t.until(async () => {
    const { body } = await t.as(agent, 'get', `/calls/${id}`).expect(200);
    return what(body as Call) && (body as Call);
  });
}

interface Call {
  id: string;
  state: string;
  outcome: string | null;
  version: number;
  callbackId: string | null;
  [more: string]: unknown;
}

/** An event that says something of a call. */
const said = (callId: string, from: string, event: string, more: object = {}): object => ({
  event,
  direction: 'in',
  from,
  to: TO,
  callId,
  ...more,
});

async function contact(phone: string, name: string, associationId?: string): Promise<string> {
  const { body } = await t
    .as(agent, 'post', '/contacts')
    .send({ name, phones: [phone], associationId })
    .expect(201);
  return body.id;
}

test('a call in pops up for whom it rings, is answered, attached to the open question and written up', async () => {
  const from = newNumber();
  const associationId = await t.world.association('FM', 'MA-FES');
  const contactId = await contact(`+${from}`, 'Khadija Alaoui', associationId);
  const { body: ticket } = await t.ask(agent, { contactId, associationId, channel: 'phone' }).expect(201);
  const heard: { type: string; id: string; version: number }[] = [];
  const socket = io(t.url, { auth: { token: agent.token }, transports: ['websocket'] });
  sockets.push(socket);
  socket.on('event', (poke) => heard.push(poke));
  await t.until(async () => socket.connected);

  const callId = newCall();
  await post(t, hub.token, said(callId, from, 'newCall', { user: ['Samira B.'] })).expect(200, '{}');
  const ringing = await callOf(callId);
  expect(ringing).toMatchObject({
    state: 'ringing',
    number: `+${from}`,
    match: 'exact',
    contact: { name: 'Khadija Alaoui' },
    caller: { verificationNeeded: false, tickets: [{ reference: ticket.reference }] },
  });
  await t.until(async () => heard.some((poke) => poke.type === 'call.offered' && poke.id === ringing.id));

  // As a form, without a type, and under the other spelling.
  await request(t.url)
    .post(`/api/v1/telephony/${hub.token}`)
    .set('content-type', '')
    .send(`event=answer&direction=in&call_id=${callId}&answeringNumber=204&user[]=Samira+B.`)
    .expect(200);
  const active = await callOf(callId, (call) => call.state === 'active');
  expect(active).toMatchObject({ agent: { id: agent.accountId } });

  const { body: attached } = await t.as(agent, 'put', `/calls/${active.id}/ticket`).send({}).expect(200);
  expect(attached.reference).toBe(ticket.reference);
  const note = { note: 'Demande où en est le récépissé.', wrapUpCode: 'answered', disposition: 'resolved', done: true };
  await request(t.url)
    .post(`/api/v1/telephony/${hub.token}`)
    .field('event', 'hangup')
    .field('direction', 'in')
    .field('callId', callId)
    .field('cause', 'normalClearing')
    .expect(200);
  await callOf(callId, (call) => call.state === 'ended');
  const { body: written } = await t.as(agent, 'put', `/calls/${active.id}/wrap-up`).send(note).expect(200);
  expect(written).toMatchObject({ outcome: 'answered', wrapUpCode: 'answered', cause: 'normalClearing' });
  expect(written.wrappedUpAt).not.toBeNull();
  const { body: messages } = await t.as(agent, 'get', `/tickets/${ticket.id}/messages`).expect(200);
  expect(messages.items.map((one: { body: string }) => one.body)).toContain(note.note);
  await t.until(async () => heard.some((poke) => poke.type === 'call.ended' && poke.id === ringing.id));
});

test('a number that several share shows nothing of a case before somebody has checked who speaks', async () => {
  const from = newNumber();
  const first = await contact(`+${from}`, 'Amina');
  await contact(`+${from}`, 'Hassan');
  await t.ask(agent, { contactId: first, placeCode: 'MA-FES' }).expect(201);
  const callId = newCall();
  await post(t, hub.token, said(callId, from, 'newCall')).expect(200);
  const call = await callOf(callId);
  expect(call).toMatchObject({ match: 'shared', contact: null, caller: { verificationNeeded: true, tickets: [] } });
  expect((call.caller as { candidates: object[] }).candidates).toHaveLength(2);
  await t.as(agent, 'put', `/calls/${call.id}/ticket`).send({}).expect(400);
  const checked = { contactId: first, questions: ['name', 'reference'] };
  const { body } = await t.as(agent, 'post', `/calls/${call.id}/verification`).send(checked).expect(200);
  expect(body).toMatchObject({ contact: { id: first }, caller: { verificationNeeded: false } });
  expect(body.caller.tickets).toHaveLength(1);
});

test('a missed call becomes one request, whatever rings again; it is called in its time and kept', async () => {
  const from = newNumber();
  for (let ring = 0; ring < 3; ring++) {
    const callId = newCall();
    await post(t, hub.token, said(callId, from, 'newCall')).expect(200);
    await post(t, hub.token, said(callId, from, 'hangup', { cause: 'cancel' })).expect(200);
    await callOf(callId, (call) => call.state === 'ended' && call.callbackId !== null);
  }
  const { body: page } = await t.as(agent, 'get', '/callbacks').expect(200);
  const own = page.items.filter((one: { number: string }) => one.number === `+${from}`);
  expect(own).toMatchObject([
    { source: 'missed_call', missedCalls: 3, state: 'waiting', promise: 'running', mayDial: true },
  ]);
  const [{ id }] = own;
  const colleague = await t.world.staff('FM', 'agent');
  // Two at once: one of them dials.
  const begun = await Promise.all([agent, colleague].map((one) => t.as(one, 'post', `/callbacks/${id}/attempts`)));
  expect(begun.map((one) => one.status).sort()).toEqual([200, 409]);
  const [dials, other] = begun[0].status === 200 ? [agent, colleague] : [colleague, agent];
  await t.as(other, 'post', `/callbacks/${id}/outcome`).send({ outcome: 'reached' }).expect(403);
  const { body: again } = await t
    .as(dials, 'post', `/callbacks/${id}/outcome`)
    .send({ outcome: 'no_answer' })
    .expect(200);
  expect(again).toMatchObject({ state: 'waiting', attempts: 1, promise: 'met', mayDial: false });
  expect(Date.parse(again.nextTryAt)).toBeGreaterThan(Date.now() + 50 * 60_000);
  await t.as(dials, 'post', `/callbacks/${id}/attempts`).expect(409);
  await t.world.client.query(
    'update callback set next_try_at = now(), window_from = least(window_from, now()) where id = $1',
    [id],
  );
  await t.as(dials, 'post', `/callbacks/${id}/attempts`).expect(200);
  const { body: done } = await t.as(dials, 'post', `/callbacks/${id}/outcome`).send({ outcome: 'reached' }).expect(200);
  expect(done).toMatchObject({ state: 'reached', attempts: 2, promise: 'met' });
  expect(done.attemptList).toMatchObject([{ outcome: 'no_answer' }, { outcome: 'reached' }]);
  await t.as(dials, 'post', `/callbacks/${id}/attempts`).expect(409);
});

test('who rings again and is answered is called no more', async () => {
  const from = newNumber();
  const missed = newCall();
  await post(t, hub.token, said(missed, from, 'newCall')).expect(200);
  await post(t, hub.token, said(missed, from, 'hangup', { cause: 'cancel' })).expect(200);
  const { callbackId } = await callOf(missed, (call) => call.callbackId !== null);
  const second = newCall();
  for (const event of ['newCall', 'answer', 'hangup']) await post(t, hub.token, said(second, from, event)).expect(200);
  await callOf(second, (call) => call.outcome === 'answered');
  expect((await t.as(agent, 'get', `/callbacks/${callbackId}`).expect(200)).body.state).toBe('called_in');
});

test('callbacks are offered as work, by the one rule of offers', async () => {
  const from = newNumber();
  const { body: asked } = await t
    .as(agent, 'post', '/callbacks')
    .send({ phone: `+${from}`, language: 'fr', name: 'Rachid' })
    .expect(201);
  expect(asked).toMatchObject({ source: 'agent', numberDisplay: expect.stringContaining('06 85') });
  const taker = await t.world.staff('FM', 'agent');
  await t.as(taker, 'put', '/me/presence').send({ presence: 'available' }).expect(200);
  const offer = await t.until(async () => {
    const { body } = await t.as(taker, 'get', '/me/offers');
    const found = body.items.find((one: { subjectId: string }) => one.subjectId === asked.id);
    if (found) return found;
    // Others of the tests before may come first.
    for (const one of body.items) await t.as(taker, 'post', `/offers/${one.id}/decline`);
    return null;
  });
  expect(offer).toMatchObject({ kind: 'callback', queueCode: 'CALLBACK' });
  await t.as(taker, 'post', `/offers/${offer.id}/accept`).expect(200);
  await t.as(agent, 'post', `/callbacks/${asked.id}/attempts`).expect(409);
  const { body: calling } = await t.as(taker, 'post', `/callbacks/${asked.id}/attempts`).expect(200);
  expect(calling).toMatchObject({ state: 'calling', agent: { id: taker.accountId } });
  await t.as(taker, 'post', `/callbacks/${asked.id}/outcome`).send({ outcome: 'reached' }).expect(200);
  const { body: hands } = await t.as(taker, 'get', '/me/work').expect(200);
  expect(hands.items).toMatchObject([{ kind: 'callback', state: 'wrap_up' }]);
  await t.as(taker, 'post', `/work/${hands.items[0].id}/complete`).expect(200);
  await t.as(taker, 'put', '/me/presence').send({ presence: 'offline' }).expect(200);
});

test('on the portal: signed in, or with reference and code; changed and withdrawn by the requester only', async () => {
  const member = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  const stranger = await t.world.person(await t.world.association('FM', 'MA-FES'), 'member');
  const wish = { phone: `0${newNumber().slice(3)}`, language: 'ar' };
  const { body: mine } = await t.as(member, 'post', '/me/callbacks').send(wish).expect(201);
  await t.as(stranger, 'post', '/me/callbacks').send(wish).expect(409);
  await t.as(stranger, 'post', `/me/callbacks/${mine.id}/cancellation`).expect(404);
  const { body: slots } = await t.as(member, 'get', '/me/callback-slots').expect(200);
  const later = slots.items[5];
  const { body: moved } = await t.as(member, 'patch', `/me/callbacks/${mine.id}`).send({ at: later.from }).expect(200);
  expect(moved).toMatchObject({ windowFrom: later.from, dueAt: later.to });
  await t.as(agent, 'post', `/callbacks/${mine.id}/attempts`).expect(409);
  await t.as(member, 'post', `/me/callbacks/${mine.id}/cancellation`).expect(200);
  expect((await t.as(member, 'get', '/me/callbacks').expect(200)).body.items).toMatchObject([{ state: 'cancelled' }]);

  const open = { ...wish, phone: `+${newNumber()}`, placeCode: 'MA-FES' };
  const ask = (key: string) => t.as(null, 'post', '/portal/callbacks').set('idempotency-key', key).send(open);
  const { body: receipt } = await ask('a-key-of-sixteen-characters').expect(201);
  expect((await ask('a-key-of-sixteen-characters').expect(201)).body).toEqual(receipt);
  await ask('another-key-of-sixteen-ones').expect(409);
  const { reference, code } = receipt;
  const change = (body: object) => t.as(null, 'post', '/portal/callbacks/change').send({ reference, code, ...body });
  expect((await change({ code: 'WRONGONE' }).expect(401)).body.code).toBe('invalid_credentials');
  await change({ language: 'fr' }).expect(200);
  expect((await change({ cancel: true }).expect(200)).body.state).toBe('cancelled');
  await change({ cancel: true }).expect(409);
});

test('a recording is known by consent only, and by none once that is withdrawn', async () => {
  const { token } = await integration({ provider: 'twilio' });
  const { body: telephony } = await t.as(hub.supervisor, 'get', `/hubs/${hub.hubId}/telephony`).expect(200);
  const sid = newCall();
  const ring = (status: string, more = '') =>
    post(
      t,
      token,
      `CallSid=${sid}&CallStatus=${status}&Direction=inbound&From=%2B${newNumber()}&To=%2B${TO}${more}`,
    ).expect(200);
  await ring('ringing');
  const call = await callOf(sid);
  const answer = { state: 'granted', wordingVersion: '2026-1', language: 'ar' };
  const consent = () => t.as(agent, 'post', `/calls/${call.id}/consents`).send(answer);
  expect((await consent().expect(409)).body.code).toBe('status_not_allowed');
  await t
    .as(hub.supervisor, 'patch', `/hubs/${hub.hubId}/telephony`)
    .set('if-match', `"v${telephony.settings.version}"`)
    .send({ recording: true })
    .expect(200);
  await ring('in-progress', '&RecordingSid=RE1');
  await callOf(sid, (one) => one.state === 'active');
  const kept = async () =>
    (await t.world.client.query('select recording_ref from call where id = $1', [call.id])).rows[0].recording_ref;
  expect(await kept()).toBeNull();
  const { body: given } = await consent().expect(200);
  await t.until(async () => (await kept()) === 'RE1');
  expect((await t.as(agent, 'get', `/calls/${call.id}`)).body.recordingRef).toBe('RE1');
  await t.as(agent, 'delete', `/calls/${call.id}/consents/${given.consents[0].id}`).expect(200);
  expect(await kept()).toBeNull();
  await consent().expect(200);
  await t.until(async () => (await kept()) === 'RE1');
  await t
    .as(agent, 'post', `/calls/${call.id}/consents`)
    .send({ ...answer, state: 'refused' })
    .expect(200);
  expect(await kept()).toBeNull();
  expect((await t.as(agent, 'get', `/calls/${call.id}`)).body.recordingRef).toBeNull();
  await ring('completed', '&RecordingSid=RE1');
  await callOf(sid, (one) => one.state === 'ended');
  expect(await kept()).toBeNull();
});

async function integration(body: object): Promise<{ id: string; token: string }> {
  const added = await t
    .as(hub.supervisor, 'post', `/hubs/${hub.hubId}/telephony/integrations`)
    .send({ name: 'Essai', ...body })
    .expect(201);
  return added.body;
}

test('signatures of each system, over the bytes as they came', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const form = (id: string) => `event=newCall&direction=in&from=${newNumber()}&to=${TO}&callId=${id}&call_id=${id}`;
  const hmac = (body: string) => createHmac('sha256', 'shared').update(body).digest('hex');
  const now = Math.floor(Date.now() / 1_000);
  const cases: [provider: string, secret: string, body: string, sign: (body: string, url: string) => Record<string, string>, answer: RegExp][] = [
    ['sipgate', pem, form(newCall()), (body) => ({ 'x-sipgate-signature': sign('sha256', Buffer.from(body), privateKey).toString('base64') }), /^<\?xml.*<Response onAnswer="http.*telephony.*" onHangup=/],
    ['placetel', 'shared', form(newCall()).replace('newCall', 'IncomingCall'), (body) => ({ 'x-placetel-signature': hmac(body) }), /<Response\/>/],
    ['twilio', 'shared', `CallSid=${newCall()}&CallStatus=ringing&From=%2B${newNumber()}`, (body, url) => {
      const sorted = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => name + value);
      return { 'x-twilio-signature': createHmac('sha1', 'shared').update(url + sorted.join('')).digest('base64') };
    }, /<Response><\/Response>/],
    ['jambonz', 'shared', JSON.stringify({ call_sid: newCall(), call_status: 'trying', from: newNumber() }), (body) => ({ 'jambonz-signature': `t=${now},v1=${hmac(`${now}.${body}`)}`, 'content-type': 'application/json' }), /^\[\]$/],
  ]; // prettier-ignore
  for (const [provider, secret, body, signed, answer] of cases) {
    const { id, token } = await integration({ provider, secret });
    const { body: shown } = await t.as(hub.supervisor, 'get', `/hubs/${hub.hubId}/telephony`).expect(200);
    const { address } = await rotated(id);
    expect(JSON.stringify(shown)).not.toContain('shared');
    await post(t, token, body, signed(body, address)).expect(401);
    const next = address.split('/').at(-1)!;
    const right = await post(t, next, body, signed(body, address));
    expect({ provider, status: right.status }).toEqual({ provider, status: 200 });
    expect(right.text).toMatch(answer);
    await post(t, next, body).expect(401);
    await post(t, next, `${body} `, signed(body, address)).expect(401);
    const { body: now_ } = await t.as(hub.supervisor, 'get', `/hubs/${hub.hubId}/telephony`).expect(200);
    expect(now_.integrations.find((one: { id: string }) => one.id === id)).toMatchObject({
      refused: 2,
      lastRefusal: 'signature',
      signed: true,
    });
  }
});

async function rotated(id: string): Promise<{ address: string }> {
  const route = `/hubs/${hub.hubId}/telephony/integrations/${id}/token`;
  const { body } = await t.as(hub.supervisor, 'post', route).expect(200);
  return body;
}

test('a repetition has one effect and the same answer; a test call shows what was understood', async () => {
  const { id, token } = await integration({ provider: 'zammad' });
  const callId = newCall();
  const event = said(callId, newNumber(), 'newCall', { queue: 'juridique' });
  for (let i = 0; i < 3; i++) await post(t, token, event).expect(200, '{}');
  await post(t, token, { event: 'ring', direction: 'in', callId }).expect(422, '{"error":"event_unknown"}');
  await post(t, token, '\u0001 not a form', { 'content-type': 'application/json' }).expect(422);
  const route = `/hubs/${hub.hubId}/telephony/integrations/${id}/events`;
  const items = await t.until(async () => {
    const { body } = await t.as(hub.supervisor, 'get', route).expect(200);
    return body.items.length === 5 && body.items.every((one: { state: string }) => one.state !== 'new') && body.items;
  });
  expect(items.map((one: { state: string }) => one.state)).toEqual([
    'failed',
    'failed',
    'repeated',
    'repeated',
    'done',
  ]);
  expect(items[4].understood).toMatchObject([{ type: 'call.started', queueRef: 'juridique', callId }]);
  await t.as(agent, 'get', route).expect(403);
});

test('blocked, foreign and oversized', async () => {
  const huge = `event=newCall&callId=x&from=${'1'.repeat(70_000)}`;
  await post(t, hub.token, huge).expect(413);
  await post(t, 'A'.repeat(43), said('x', newNumber(), 'newCall')).expect(401);
  await post(t, '__proto__', {}).expect(401);
  const { token } = await integration({ provider: 'zammad', addresses: ['192.0.2.7'] });
  await post(t, token, said('x', newNumber(), 'newCall')).expect(401);
  await request(t.url).get(`/api/v1/telephony/${hub.token}?event=newCall`).expect(401);
  const query = await integration({ provider: 'zammad', query: true });
  const ended = await integration({ provider: 'zammad' });
  await post(t, ended.token, said(newCall(), newNumber(), 'newCall')).expect(200);
  await rotated(ended.id);
  await t.until(async () => (await post(t, ended.token, said('x', newNumber(), 'newCall'))).status === 401);
  await request(t.url)
    .get(`/api/v1/telephony/${query.token}?event=newCall&direction=in&callId=${newCall()}&from=${newNumber()}&to=${TO}`)
    .expect(200, '{}');
});

test('supervisors say who is turned away; the call is refused, and counts as no missed call', async () => {
  const { id, token } = await integration({ provider: 'zammad' });
  const change = (version: number, blocked: string[]) =>
    t
      .as(hub.supervisor, 'patch', `/hubs/${hub.hubId}/telephony/integrations/${id}`)
      .set('if-match', `"v${version}"`)
      .send({ blocked });
  const from = newNumber();
  const refused = await change(1, [`+${from}`, '12']).expect(400);
  expect(refused.body.errors).toMatchObject([{ pointer: '/blocked/1' }]);
  const { body: listed } = await change(1, [`00${from}`, `+${from}`]).expect(200);
  expect(listed.blocked).toEqual([`+${from}`]);
  const callId = newCall();
  await t.until(async () => (await post(t, token, said(callId, from, 'newCall'))).body.action === 'reject');
  await post(t, token, said(callId, from, 'hangup', { cause: 'blocked' })).expect(200);
  expect(await callOf(callId, (call) => call.state === 'ended')).toMatchObject({
    outcome: 'blocked',
    callbackId: null,
  });
  await change(2, []).expect(200);
  await t.until(async () => (await post(t, token, said(newCall(), from, 'newCall'))).text === '{}');
  await t.as(agent, 'patch', `/hubs/${hub.hubId}/telephony/integrations/${id}`).send({ blocked: [] }).expect(403);
});

test('a call of which nothing is heard any more is closed as lost, what is heard later still counts; old bodies go', async () => {
  const callId = newCall();
  const from = newNumber();
  await post(t, hub.token, said(callId, from, 'newCall')).expect(200);
  await post(t, hub.token, said(callId, from, 'answer', { answeringNumber: '204' })).expect(200);
  const { id } = await callOf(callId, (call) => call.state === 'active');
  const sweep = t.app.get(CallSweep);
  await sweep.closeSilent();
  expect(await callOf(callId)).toMatchObject({ state: 'active' });
  await t.world.client.query(
    `update call set last_event_at = now() - interval '5 hours', started_at = now() - interval '5 hours',
    answered_at = now() - interval '5 hours' where id = $1`,
    [id],
  );
  await sweep.closeSilent();
  expect(await callOf(callId)).toMatchObject({ state: 'ended', outcome: 'lost' });
  const { body: lost } = await t.as(hub.supervisor, 'get', '/calls?outcome=lost').expect(200);
  expect(lost.items.map((one: { id: string }) => one.id)).toContain(id);
  await post(t, hub.token, said(callId, from, 'hangup', { cause: 'normalClearing' })).expect(200);
  expect(await callOf(callId, (call) => call.outcome !== 'lost')).toMatchObject({ outcome: 'answered' });

  // Their ids say when they came.
  const old = uuid({ msecs: Date.now() - 91 * 86_400_000 });
  const young = uuid({ msecs: Date.now() - 89 * 86_400_000 });
  await t.world.client.query(
    `insert into pbx_event (id, integration_id, hub_id, received_at, content_type, body, state)
     select unnest($1::uuid[]), $2, $3, now(), '', '', 'done'`,
    [[old, young], hub.integrationId, hub.hubId],
  );
  await t.app.get(RetentionService).forget();
  const { rows } = await t.world.client.query('select id from pbx_event where id = any ($1)', [[old, young]]);
  expect(rows).toEqual([{ id: young }]);
});

test('24: another hub sees no call, callback, integration or mirror of this one, nor hears of them', async () => {
  const there = await t.world.staff('MS', 'supervisor');
  const { body: page } = await t.as(agent, 'get', '/calls?limit=1').expect(200);
  const { body: owed } = await t.as(hub.supervisor, 'get', '/callbacks?state=reached,cancelled,called_in').expect(200);
  const [call, callback] = [page.items[0].id, owed.items[0].id];
  for (const [method, route, body] of [
    ['get', `/calls/${call}`, undefined],
    ['put', `/calls/${call}/ticket`, {}],
    ['put', `/calls/${call}/wrap-up`, { note: 'x' }],
    ['get', `/callbacks/${callback}`, undefined],
    ['post', `/callbacks/${callback}/attempts`, undefined],
    ['post', `/callbacks/${callback}/cancellation`, undefined],
    ['get', `/hubs/${hub.hubId}/telephony`, undefined],
    ['post', `/hubs/${hub.hubId}/telephony/integrations/${hub.integrationId}/token`, undefined],
    ['get', `/hubs/${hub.hubId}/telephony/integrations/${hub.integrationId}/events`, undefined],
    ['get', `/reports/calls?hubId=${hub.hubId}`, undefined],
  ] as const) {
    const answer = await t.as(there, method, route).send(body);
    expect([route, answer.status]).toEqual([route, 404]);
  }
  expect((await t.as(there, 'get', '/calls').expect(200)).body.items).toEqual([]);
  expect((await t.as(there, 'get', '/callbacks').expect(200)).body.items).toEqual([]);
});

test('a call written down by hand, in any spelling; bad numbers and times are told field by field', async () => {
  const from = newNumber().slice(3);
  for (const phone of [`+212${from}`, `0${from}`, `00212${from}`, `+212 (0) ${from}`]) {
    const log = {
      direction: 'in',
      phone,
      outcome: 'answered',
      talkSeconds: 90,
      note: 'Information',
      wrapUpCode: 'answered',
    };
    const { body } = await t.as(agent, 'post', '/calls').send(log).expect(201);
    expect(body).toMatchObject({
      number: `+212${from}`,
      source: 'hand',
      times: 'declared',
      outcome: 'answered',
      talkMs: 90_000,
    });
  }
  for (const phone of ['+1', '1234567890123456', '0612345678;DROP', '0612345678\r\nX', 'tel:0612345678;ext=1']) {
    const answer = await t.as(agent, 'post', '/calls').send({ direction: 'in', phone, outcome: 'answered' });
    expect([phone, answer.status, answer.body.errors?.[0].pointer]).toEqual([phone, 400, '/phone']);
  }
  const future = { direction: 'in', outcome: 'answered', startedAt: '2099-01-01T00:00Z' };
  expect((await t.as(agent, 'post', '/calls').send(future).expect(400)).body.errors[0].code).toBe('in_future');
  const create = {
    subject: 'Récépissé',
    body: 'Question posée au téléphone',
    categoryCode: 'CRE.04',
    placeCode: 'MA-FES',
  };
  const { body: call } = await t
    .as(agent, 'post', '/calls')
    .send({ direction: 'in', outcome: 'answered', note: 'N' })
    .expect(201);
  const [one, two] = [
    await t.as(agent, 'put', `/calls/${call.id}/ticket`).send({ create }),
    await t.as(agent, 'put', `/calls/${call.id}/ticket`).send({ create }),
  ];
  expect([one.status, two.status, two.body.reference]).toEqual([200, 200, one.body.reference]);
});

test('L3: the question of the telephone system is answered from the offers, and the answer takes the offer', async () => {
  const own = await phoneHub(t, 'MS', {}, 'L3');
  const person = await t.world.staff('MS', 'agent');
  const names = [{ kind: 'extension', value: '301' }];
  await t
    .as(own.supervisor, 'put', `/hubs/${own.hubId}/telephony/agents/${person.accountId}`)
    .send({ names })
    .expect(200);
  const callId = newCall();
  const from = newNumber();
  const begun = said(callId, from, 'newCall', { queue: 'PHONE' });
  await post(t, own.token, begun).expect(200, '{}');
  await t.as(person, 'put', '/me/presence').send({ presence: 'available' }).expect(200);
  const dial = await t.until(async () => {
    const { body } = await post(t, own.token, begun).expect(200);
    return body.action === 'dial' && body;
  });
  expect(dial).toMatchObject({ number: '301' });
  await post(t, own.token, said(callId, from, 'answer', { answeringNumber: '301' })).expect(200);
  await t.until(async () => (await t.as(person, 'get', '/me/work')).body.items[0]?.state === 'active');
  expect((await t.as(person, 'get', '/me/presence')).body).toMatchObject({ capacityUsed: 100 });
  await post(t, own.token, said(callId, from, 'hangup', { cause: 'normalClearing' })).expect(200);
  await t.until(async () => (await t.as(person, 'get', '/me/work')).body.items[0]?.state === 'wrap_up');
  // 26: in a queue of the telephone system we offer nothing.
  const { body: telephony } = await t.as(own.supervisor, 'get', `/hubs/${own.hubId}/telephony`);
  const queue = telephony.queues.find((one: { queueCode: string }) => one.queueCode === 'PHONE');
  await t
    .as(own.supervisor, 'put', `/hubs/${own.hubId}/telephony/queues/${queue.queueId}`)
    .send({ distribution: 'pbx', refs: ['600'] })
    .expect(200);
  const next = newCall();
  await post(t, own.token, said(next, newNumber(), 'newCall', { queue: '600' })).expect(200, '{}');
  await t.until(
    async () => (await t.world.client.query('select 1 from call where root_id = $1', [next])).rows.length > 0,
  );
  const { rows } = await t.world.client.query(
    `select 1 from work_item where kind = 'call' and subject_id = (select id from call where root_id = $1)`,
    [next],
  );
  expect(rows).toEqual([]);
});

test('figures name their formula and open their list', async () => {
  const { body } = await t.as(hub.supervisor, 'get', '/reports/calls').expect(200);
  expect(body.serviceLevels).toHaveLength(7);
  expect(body.serviceLevels.filter((one: { shown: boolean }) => one.shown)).toMatchObject([{ formula: 'default' }]);
  const figure = (code: string) => body.figures.find((one: { code: string }) => one.code === code);
  for (const code of ['answered', 'missed_calls', 'abandoned']) {
    const { value, list, basis } = figure(code);
    const listed = await t.as(hub.supervisor, 'get', `/calls?${list}&limit=100`).expect(200);
    expect([code, listed.body.items.length]).toEqual([code, value]);
    expect(['mixed', 'measured']).toContain(basis);
  }
});

test('a sender that breaks off leaves nothing behind', async () => {
  const { port, hostname } = new URL(t.url);
  await new Promise<void>((resolve) => {
    const socket = new NetSocket();
    socket.connect(Number(port), hostname, () => {
      const begun = `POST /api/v1/telephony/${hub.token} HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\nevent=newCall`;
      socket.write(begun, () => socket.destroy());
    });
    socket.on('close', () => resolve());
  });
  await post(t, hub.token, said(newCall(), newNumber(), 'newCall')).expect(200);
});
