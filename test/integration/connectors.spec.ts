import { createHash, randomUUID } from 'node:crypto';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { CallIntake } from '@app/features/calls/call-intake.service';
import { CallsModule } from '@app/features/calls/calls.module';
import { ConnectorModule } from '../../apps/connector/src/connector.module';
import { ConnectorService } from '../../apps/connector/src/connector.service';
import { ScriptedAsterisk, ScriptedFreeswitch } from '../support/scripted-pbx';
import { WorkScene } from '../support/work';
import { startContext, testConfig } from '../support/processes';

@Module({ imports: [CallsModule, ConnectorModule] })
class Connector {}

let scene: WorkScene;
let app: INestApplicationContext;
let pbx: ScriptedAsterisk;
let fs: ScriptedFreeswitch;
let agentId: string;
const ids = { asterisk: randomUUID(), freeswitch: randomUUID() };

beforeAll(async () => {
  scene = await WorkScene.open();
  const week = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
  );
  const calendar = { zone: 'Africa/Casablanca', week, seasons: [], closures: [], overrides: [] };
  await scene.arrange.rows('update calendar_version set definition = $1', [JSON.stringify(calendar)]);
  agentId = (await scene.agent('Samira')).accountId;
  [pbx, fs] = [new ScriptedAsterisk(), new ScriptedFreeswitch()];
  await Promise.all([pbx.start(), fs.start()]);
  for (const [provider, { port }] of [
    ['asterisk', pbx],
    ['freeswitch', fs],
  ] as const) {
    await scene.arrange.rows(
      `insert into pbx_integration (id, hub_id, name, provider, token_hash, secret, settings, created_at) values ($1, $2, 'x', $3, $4, 'geheim', $5, now())`,
      [
        ids[provider],
        scene.hub.id,
        provider,
        createHash('sha256').update(provider).digest(),
        JSON.stringify({ host: '127.0.0.1', port, username: 'sanad', trunkContexts: ['from-trunk', 'public'] }),
      ],
    );
  }
  await scene.arrange.rows(`insert into pbx_agent values ($1, 'extension', '204', $2)`, [scene.hub.id, agentId]);
  app = await startContext(testConfig(scene.database.appUrl), Connector);
  app.get(ConnectorService).firstRetryMs = 50;
  await until(async () => pbx.logins > 0 && fs.logins > 0);
}, 60_000);
afterAll(async () => {
  await app?.close();
  await Promise.all([pbx?.stop(), fs?.stop()]);
  await scene?.close();
});

async function until<T>(what: () => Promise<T | false | null | undefined>): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = await what();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not so: ${what.toString().slice(0, 200)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

interface Row {
  state: string;
  outcome: string | null;
  wait_ms: string | null;
  talk_ms: string | null;
  hold_ms: string;
  [more: string]: unknown;
}

/** The record of a call once it is so. */
const call = (root: string, so: (row: Row) => boolean = (row) => row.state === 'ended'): Promise<Row> =>
  until(async () => {
    await app.get(CallIntake).drain();
    const [row] = await scene.arrange.rows<Row>('select * from call where root_id = $1', [root]);
    return row && so(row) && row;
  });
const legs = (
  root: string,
): Promise<{ outcome: string; agent_value: string; account_id: string | null; rang: number | null }[]> =>
  scene.arrange.rows(
    `select l.outcome, l.agent_value, l.account_id, extract(epoch from coalesce(l.answered_at, l.ended_at) - l.offered_at)::float8 as rang
     from call_leg l join call k on k.id = l.call_id where k.root_id = $1 order by l.offered_at, l.leg_id`,
    [root],
  );

const T0 = 1_795_424_400;
let from = 685_000_100;
/** What Asterisk tells of one call in, at seconds of it. */
function asterisk(id: string) {
  const number = `0${(from += 1)}`;
  const at = (second: number, event: Record<string, string | number>) => ({
    Timestamp: `${T0 + second}.000000`,
    Uniqueid: id,
    Linkedid: id,
    ...event,
  });
  const member = (extension: string) => ({
    Queue: 'juridique',
    Interface: `PJSIP/${extension}`,
    MemberName: `A${extension}`,
    DestUniqueid: `${id}-${extension}`,
  });
  return {
    begin: at(0, { Event: 'Newchannel', Context: 'from-trunk', CallerIDNum: number, Exten: '0523600100' }),
    join: at(5, { Event: 'QueueCallerJoin', Queue: 'juridique', Position: 1, Count: 1 }),
    called: (second: number, extension: string) => at(second, { Event: 'AgentCalled', ...member(extension) }),
    noAnswer: (second: number, extension: string, ms: number) => at(second, { Event: 'AgentRingNoAnswer', ...member(extension), RingTime: ms }),
    connect: (second: number, extension: string, seconds: number) => at(second, { Event: 'AgentConnect', ...member(extension), HoldTime: 9, RingTime: seconds }),
    leave: (second: number) => at(second, { Event: 'QueueCallerLeave', Queue: 'juridique' }),
    abandon: (second: number) => at(second, { Event: 'QueueCallerAbandon', Queue: 'juridique', OriginalPosition: 1, HoldTime: second - 5 }),
    other: (second: number, extension: string, cause: number) => ({ ...at(second, { Event: 'Hangup', Cause: cause }), Uniqueid: `${id}-${extension}` }),
    hold: (second: number, name: 'Hold' | 'Unhold') => at(second, { Event: name }),
    transfer: (second: number) => at(second, { Event: 'BlindTransfer', TransfererLinkedid: id, Extension: '205' }),
    end: (second: number, cause = 16) => at(second, { Event: 'Hangup', Cause: cause }),
  }; // prettier-ignore
}

test('Asterisk: rung in vain by one, answered by another, held, ended; seconds and milliseconds told apart', async () => {
  const c = asterisk('a1');
  pbx.play(c.begin, c.join, c.called(6, '203'), c.noAnswer(26, '203', 20_000), c.called(27, '204'), c.leave(30), c.connect(30, '204', 3),
    c.hold(60, 'Hold'), c.hold(80, 'Unhold'), c.end(200)); // prettier-ignore
  const row = await call('a1');
  expect(row).toMatchObject({ outcome: 'answered', times: 'provider', wait_ms: '25000', hold_ms: '20000', talk_ms: '150000', account_id: agentId, queue_ref: 'juridique', missed_offers: 1, from_e164: expect.stringMatching(/^\+212685/) }); // prettier-ignore
  expect(await legs('a1')).toMatchObject([
    { agent_value: '203', outcome: 'no_answer', rang: 20 },
    { agent_value: '204', outcome: 'answered', rang: 3, account_id: agentId },
  ]);
});

test('Asterisk: given up in the queue is an abandonment and a call that is owed; the leave beside it changes nothing', async () => {
  const c = asterisk('a2');
  pbx.play(c.begin, c.join, c.abandon(50), c.leave(50), c.end(50));
  expect(await call('a2')).toMatchObject({
    outcome: 'abandoned',
    short: false,
    wait_ms: '45000',
    callback_id: expect.any(String),
  });
});

test('Asterisk: a queue left without connect or abandonment went elsewhere; answered elsewhere is no missed call', async () => {
  const c = asterisk('a3');
  pbx.play(c.begin, c.join, c.leave(60), c.end(90));
  expect(await call('a3')).toMatchObject({ outcome: 'overflowed', callback_id: expect.any(String) });
  const d = asterisk('a4');
  pbx.play(
    d.begin,
    d.join,
    d.called(6, '203'),
    d.called(6, '204'),
    d.connect(12, '204', 6),
    d.other(12, '203', 26),
    d.end(60),
  );
  expect(await call('a4')).toMatchObject({ outcome: 'answered', missed_offers: 0 });
  expect((await legs('a4')).map((one) => one.outcome).sort()).toEqual(['answered', 'answered_elsewhere']);
});

test('Asterisk: whoever is transferred stays the same caller', async () => {
  const c = asterisk('a5');
  pbx.play(
    c.begin,
    c.join,
    c.called(6, '204'),
    c.connect(10, '204', 4),
    c.transfer(40),
    c.other(41, '204', 16),
    c.end(120),
  );
  expect(await call('a5')).toMatchObject({ outcome: 'answered', transfers: 1, talk_ms: '110000' });
});

test('26: after a cut in mid-call, what ended meanwhile ends, what goes on goes on, and the mirror is what stands', async () => {
  const gone = asterisk('b1');
  const stays = asterisk('b2');
  pbx.play(gone.begin, gone.join, stays.begin, stays.join, stays.called(6, '204'), stays.connect(10, '204', 4));
  await call('b1', (row) => row.state === 'queued');
  await call('b2', (row) => row.state === 'active');
  pbx.channels = [
    { Linkedid: 'b2', Uniqueid: 'b2' },
    { Linkedid: 'b3', Uniqueid: 'b3' },
  ];
  pbx.members = [{ Queue: 'juridique', Location: 'PJSIP/204', Name: 'A204', Paused: '0', Status: '2' }];
  pbx.entries = [{ Queue: 'juridique', Uniqueid: 'b3', Wait: '40', CallerIDNum: '0685000199', Position: '1' }];
  const before = pbx.logins;
  pbx.cut();
  await until(async () => pbx.logins > before);
  // Nobody hung up as far as we heard: it waited and is no more.
  expect(await call('b1')).toMatchObject({ outcome: 'abandoned', callback_id: expect.any(String) });
  expect(await call('b3', (row) => row.state === 'queued')).toMatchObject({
    incomplete: true,
    from_e164: '+212685000199',
  });
  expect(await call('b2', (row) => row.state === 'active')).toMatchObject({ state: 'active' });
  pbx.play(stays.end(300));
  expect(await call('b2')).toMatchObject({ outcome: 'answered', talk_ms: '290000' });
  const mirror = await scene.arrange.rows<{ kind: string; key: string }>(
    'select kind, key from pbx_mirror where integration_id = $1 order by 1, 2',
    [ids.asterisk],
  );
  expect(mirror).toEqual([
    { kind: 'caller', key: 'b3' },
    { kind: 'member', key: 'PJSIP/204' },
  ]);
  const offers = await scene.arrange.rows(`select 1 from event where type = 'offer.made'`);
  expect(offers).toEqual([]);
});

test('a wrong password is told, and tried again ever later', async () => {
  pbx.secret = 'another';
  pbx.cut();
  const [row] = await until(async () => {
    const rows = await scene.arrange.rows<{ problem: string }>(
      `select connection_problem as problem from pbx_integration where id = $1 and connection_problem = 'login'`,
      [ids.asterisk],
    );
    return rows.length > 0 && rows;
  });
  expect(row.problem).toBe('login');
  pbx.secret = 'geheim';
  await until(
    async () =>
      (
        await scene.arrange.rows('select 1 from pbx_integration where id = $1 and connection_problem is null', [
          ids.asterisk,
        ])
      ).length > 0,
  );
});

test('FreeSWITCH: no answer, answer, hold and end; a caller who breaks out; one that a cut swallowed', async () => {
  const told = (id: string) => {
    const at = (second: number, event: Record<string, string | number>) => ({ 'Event-Date-Timestamp': `${T0 + second}000000`, 'Event-Sequence': 1_000 + second, ...event });
    const channel = (second: number, name: string, more: Record<string, string> = {}) =>
      at(second, { 'Event-Name': name, 'Unique-ID': id, 'Call-Direction': 'inbound', 'Caller-Context': 'public', 'Caller-Caller-ID-Number': '0685000150', 'Caller-Destination-Number': '0523600100', ...more });
    const queue = (second: number, action: string, more: Record<string, string> = {}) =>
      at(second, { 'Event-Name': 'CUSTOM', 'Event-Subclass': 'callcenter::info', 'CC-Action': action, 'CC-Queue': 'juridique@default', 'CC-Member-Session-UUID': id, ...more });
    return { channel, queue };
  }; // prettier-ignore
  const c = told('f1');
  const agent = (n: number) => ({ 'CC-Agent': '204@hub', 'CC-Agent-UUID': `leg-${n}` });
  fs.play(
    c.channel(0, 'CHANNEL_CREATE'),
    c.queue(2, 'member-queue-start'),
    c.queue(3, 'agent-offering', agent(1)),
    c.queue(23, 'bridge-agent-fail', { ...agent(1), 'CC-Hangup-Cause': 'NO_ANSWER' }),
    c.queue(30, 'agent-offering', agent(2)),
    c.queue(34, 'bridge-agent-start', agent(2)),
    c.channel(40, 'CHANNEL_HOLD'),
    c.channel(50, 'CHANNEL_UNHOLD'),
    c.queue(94, 'bridge-agent-end', agent(2)),
    c.queue(94, 'member-queue-end', { 'CC-Cause': 'Terminated' }),
    c.channel(95, 'CHANNEL_HANGUP_COMPLETE', { 'Hangup-Cause': 'NORMAL_CLEARING' }),
  );
  expect(await call('f1')).toMatchObject({
    outcome: 'answered',
    wait_ms: '32000',
    hold_ms: '10000',
    missed_offers: 1,
    account_id: agentId,
  });
  const d = told('f2');
  fs.play(
    d.channel(0, 'CHANNEL_CREATE'),
    d.queue(2, 'member-queue-start'),
    d.queue(32, 'member-queue-end', { 'CC-Cause': 'Cancel', 'CC-Cancel-Reason': 'BREAK_OUT' }),
    d.channel(32, 'CHANNEL_HANGUP_COMPLETE', { 'Hangup-Cause': 'ORIGINATOR_CANCEL' }),
  );
  expect(await call('f2')).toMatchObject({ outcome: 'abandoned', wait_ms: '30000' });
  const e = told('f3');
  fs.play(e.channel(0, 'CHANNEL_CREATE'), e.queue(2, 'member-queue-start'));
  await call('f3', (row) => row.state === 'queued');
  const gone = { 'Event-Name': 'CUSTOM', 'CC-Action': 'agent-status-change', 'CC-Agent': '299@hub' };
  fs.play({ ...gone, 'CC-Agent-Status': 'Available' });
  const mirror = (): Promise<{ key: string; state: Record<string, string> }[]> =>
    app
      .get(CallIntake)
      .drain()
      .then(() => scene.arrange.rows('select key, state from pbx_mirror where integration_id = $1', [ids.freeswitch]));
  await until(async () => (await mirror()).some((one) => one.key === '299@hub'));
  // While the line was cut, one signed off and another went into a pause.
  fs.agents = [{ name: '204@hub', status: 'On Break', state: 'Waiting' }];
  fs.cut();
  expect(await call('f3')).toMatchObject({ outcome: 'abandoned', cause_raw: 'reconcile' });
  await until(async () => (await mirror()).length === 1);
  fs.play({ ...gone, 'CC-Agent': '204@hub', 'CC-Action': 'agent-state-change', 'CC-Agent-State': 'Receiving' });
  const state = { status: 'On Break', state: 'Receiving' };
  await until(async () => (await mirror())[0]?.state.state === 'Receiving');
  expect(await mirror()).toEqual([{ key: '204@hub', state }]);
});
