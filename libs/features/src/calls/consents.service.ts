import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { Refusal } from '@app/domain/refusal';
import { agentOf } from '../work/presence.service';
import { CallApply } from './call-apply.service';
import { lockCall, ownCall, touched, type LockedCall } from './call-locks';
import type { CallView } from './call-view.dto';
import { readCall } from './calls.queries';
import { telephonyOf } from './telephony-rows';

export interface ConsentAnswer {
  state: 'granted' | 'refused';
  wordingVersion: string;
  language: string;
}

/** Who agreed to a recording, in which words. Without it no reference to one is kept. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly db: TenantDb,
    private readonly apply: CallApply,
  ) {}

  /** What somebody answered while the call goes on; afterwards it is too late. @throws Refusal `status_not_allowed` */
  give(actor: Actor, callId: string, answer: ConsentAnswer): Promise<CallView> {
    const { hubId, accountId } = agentOf(actor);
    return this.db
      .run(
        actor,
        async (tx) => {
          if (!(await telephonyOf(tx, hubId)).recording) {
            throw new Refusal('status_not_allowed', 'This hub records no calls.');
          }
          const call = await lockCall(tx, hubId, callId);
          if (call.state === 'ended') throw new Refusal('status_not_allowed', 'The call is over.');
          await tx.query(
            'consent-give',
            `insert into consent (id, hub_id, call_id, contact_id, scope, state, wording_version, language, account_id, given_at)
           values ($1, $2, $3, $4, 'recording', $5, $6, $7, $8, $9)`,
            [
              uuid(),
              hubId,
              callId,
              call.contactId,
              answer.state,
              answer.wordingVersion,
              answer.language,
              accountId,
              tx.now,
            ],
          );
          tx.emit({
            type: 'call.consented',
            hubId,
            data: { callId, state: answer.state, version: answer.wordingVersion },
          });
          touched(tx, answer.state === 'refused' ? await endConsents(tx, call) : call);
          return readCall(tx, actor, callId);
        },
        { as: 'system' },
      )
      .then(async (view) => {
        await this.again(actor, callId);
        return view;
      });
  }

  /** Hides the recording at once, and for good. */
  withdraw(actor: Actor, callId: string, consentId: string): Promise<CallView> {
    const { hubId } = agentOf(actor);
    return this.db.run(
      actor,
      async (tx) => {
        const call = await lockCall(tx, hubId, callId);
        const rows = await tx.query(
          'consent-withdraw',
          `update consent set withdrawn_at = coalesce(withdrawn_at, greatest($4, given_at)) where id = $1 and call_id = $2 and hub_id = $3 returning id`,
          [consentId, callId, hubId, tx.now],
        );
        if (rows.length === 0) throw new Refusal('not_found', 'Not found.');
        tx.emit({ type: 'call.consent-withdrawn', hubId, data: { callId, consentId } });
        touched(tx, await hideRecording(tx, call));
        return readCall(tx, actor, callId);
      },
      { as: 'system' },
    );
  }

  /** A reference that was told before the answer. */
  private async again(actor: Actor, callId: string): Promise<void> {
    const { hubId } = agentOf(actor);
    await this.db.system(async (tx) => {
      const { integrationId, rootId } = await ownCall(tx, hubId, callId);
      if (!integrationId || !rootId) return;
      await this.apply.derive(tx, [{ integrationId, hubId, rootId }], true);
    });
  }
}

/** The last word counts: whoever refuses has taken back what was agreed to before. */
async function endConsents(tx: TenantTx, call: LockedCall): Promise<LockedCall> {
  await tx.query(
    'consents-end',
    `update consent set withdrawn_at = greatest($2, given_at) where call_id = $1 and state = 'granted' and withdrawn_at is null`,
    [call.id, tx.now],
  );
  return hideRecording(tx, call);
}

/** At once, and as long as nobody agrees anew; returns the call as it stands then. */
async function hideRecording(tx: TenantTx, call: LockedCall): Promise<LockedCall> {
  await tx.query('consent-hide', 'update call set recording_ref = null, version = version + 1 where id = $1', [
    call.id,
  ]);
  return { ...call, version: call.version + 1 };
}
