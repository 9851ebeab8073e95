import fc from 'fast-check';
import { TestApp } from '../support/app';
import { phoneHub, post, type PhoneHub } from '../support/phone';
import type { TestPerson } from '../support/world';

let t: TestApp;
let hub: PhoneHub;
let agent: TestPerson;
let token: string;
let calls = 0;
const TO = '212523600100';

beforeAll(async () => {
  t = await TestApp.start();
  hub = await phoneHub(t, 'FM');
  agent = await t.world.staff('FM', 'agent');
  const added = await t
    .as(hub.supervisor, 'post', `/hubs/${hub.hubId}/telephony/integrations`)
    .send({ name: 'Essai', provider: 'twilio' })
    .expect(201);
  token = added.body.token;
  await recording(true);
}, 90_000);
afterAll(() => t?.stop());

async function recording(on: boolean): Promise<void> {
  const { body } = await t.as(hub.supervisor, 'get', `/hubs/${hub.hubId}/telephony`).expect(200);
  await t
    .as(hub.supervisor, 'patch', `/hubs/${hub.hubId}/telephony`)
    .set('if-match', `"v${body.settings.version}"`)
    .send({ recording: on })
    .expect(200);
}

/** What may happen to the recording of a call, in any order. */
const happening = fc.oneof(
  { weight: 3, arbitrary: fc.constant('grant' as const) },
  { weight: 2, arbitrary: fc.constant('refuse' as const) },
  { weight: 2, arbitrary: fc.constant('withdraw' as const) },
  { weight: 3, arbitrary: fc.constant('tell' as const) },
  { weight: 1, arbitrary: fc.constant('toggle' as const) },
);

type Happening = 'grant' | 'refuse' | 'withdraw' | 'tell' | 'toggle';

/** One call, and what is known of consent to its recording. */
class Recorded {
  /** Those in force, oldest first: a refusal ends all. */
  private granted: string[] = [];
  on = true;
  private told = false;

  private constructor(
    private readonly id: string,
    private readonly form: string,
    private readonly ref: string,
  ) {}

  static async begin(): Promise<Recorded> {
    const sid = `consent-${(calls += 1)}`;
    const from = `2126850${String(70_000 + calls).padStart(5, '0')}`;
    const form = `CallSid=${sid}&Direction=inbound&From=%2B${from}&To=%2B${TO}`;
    await post(t, token, `${form}&CallStatus=ringing`).expect(200);
    const id = await t.until(async () => {
      const { rows } = await t.world.client.query('select id from call where root_id = $1', [sid]);
      return rows[0]?.id as string | undefined;
    });
    await post(t, token, `${form}&CallStatus=in-progress`).expect(200);
    return new Recorded(id, form, `RE${calls}`);
  }

  async happens(what: Happening): Promise<void> {
    await this[what]();
    const { body } = await t.as(agent, 'get', `/calls/${this.id}`).expect(200);
    const { rows } = await t.world.client.query('select recording_ref as ref from call where id = $1', [this.id]);
    // Never without consent: neither shown, nor kept.
    if (this.granted.length === 0) expect([what, body.recordingRef, rows[0].ref]).toEqual([what, null, null]);
    if (!this.on) expect([what, body.recordingRef]).toEqual([what, null]);
    // With it, what was told is there, sooner or later.
    if (what === 'grant' && this.on && this.told) {
      await t.until(async () => (await t.as(agent, 'get', `/calls/${this.id}`)).body.recordingRef === this.ref);
    }
  }

  private grant = () => this.answer('granted');
  private refuse = () => this.answer('refused');

  private async answer(state: 'granted' | 'refused'): Promise<void> {
    const sent = t
      .as(agent, 'post', `/calls/${this.id}/consents`)
      .send({ state, wordingVersion: '2026-1', language: 'ar' });
    if (!this.on) return void (await sent.expect(409));
    const { body } = await sent.expect(200);
    const holding = body.consents.filter((one: Consent) => one.state === 'granted' && !one.withdrawnAt);
    this.granted = state === 'refused' ? [] : holding.map((one: Consent) => one.id);
  }

  private withdraw = async (): Promise<void> => {
    const [first, ...rest] = this.granted;
    if (!first) return;
    await t.as(agent, 'delete', `/calls/${this.id}/consents/${first}`).expect(200);
    this.granted = rest;
  };

  private tell = async (): Promise<void> => {
    await post(t, token, `${this.form}&CallStatus=in-progress&RecordingSid=${this.ref}`).expect(200);
    this.told = true;
  };

  private toggle = async (): Promise<void> => recording((this.on = !this.on));
}

interface Consent {
  id: string;
  state: string;
  withdrawnAt: string | null;
}

async function live(happenings: readonly Happening[]): Promise<void> {
  const call = await Recorded.begin();
  for (const what of happenings) await call.happens(what);
  if (!call.on) await recording(true);
}

test('25: whatever is agreed to, refused, withdrawn, told and switched, no recording is known without a consent that holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 10 }), (happenings) => live(happenings)),
    { numRuns: 12, endOnFailure: true },
  );
}, 180_000);
