import type { INestApplicationContext } from '@nestjs/common';
import type { Actor } from '@app/domain/access';
import { PRIORITIES, type PolicyDefinition } from '@app/domain/sla-policy';
import { ModeService } from '@app/features/routing/mode.service';
import { QueuesService } from '@app/features/routing/queues.service';
import { PoliciesQueries } from '@app/features/sla/policies.queries';
import { PoliciesService } from '@app/features/sla/policies.service';

/** What a question is marked with whose promise runs in a minute instead of hours. */
export const QUICK_TAG = 'demo_live';
/** Neighbours are asked after 36 s, instead of after more than an hour. */
const QUICK_WAIT_SECONDS = 240;
const KEY = 'DEMO-LIVE';

/**
 * Sets the scene as the hub's supervisor would: offers instead of gifts, a queue in which neighbours help soon, and a promise that runs
 * out while one looks. What is set already is left as it is.
 */
export async function setStage(app: INestApplicationContext, supervisor: Actor): Promise<void> {
  const hubId = supervisor.hubId!;
  const modes = app.get(ModeService);
  if (modes.find(supervisor, hubId).inherited) await modes.choose(supervisor, hubId, 'offers');
  const queues = app.get(QueuesService);
  const admin = (await queues.list(supervisor, hubId)).find((queue) => queue.code === 'ADMIN');
  if (admin?.version === 1) {
    await queues.change(supervisor, admin.id, 1, { maxWaitSeconds: QUICK_WAIT_SECONDS });
  }
  const { items: policies } = await app.get(PoliciesQueries).list(supervisor);
  if (policies.some((policy) => policy.code === KEY)) return;
  await app.get(PoliciesService).publish(supervisor, null, { definition: QUICK_POLICY, active: true }, 0);
}

const target = (metric: 'first_response' | 'next_response' | 'resolution' | 'holding', minutes: number) =>
  PRIORITIES.map((priority) => ({ priority, metric, minutes, time: 'calendar' as const }));

/** Warned after 45 s, on the ladder after 30 s, late after a minute, and given to the supervisor a minute later. */
const QUICK_POLICY: PolicyDefinition = {
  key: KEY,
  nameFr: 'Démonstration accélérée',
  nameAr: 'عرض توضيحي سريع',
  position: 1,
  conditions: [{ field: 'tag', op: 'in', values: [QUICK_TAG] }],
  targets: [
    ...target('first_response', 1),
    ...target('next_response', 2),
    ...target('resolution', 30),
    ...target('holding', 5),
  ],
  pause: { statuses: [], onHoldReasonsRequired: true, pausedMetrics: [] },
  warnings: [{ state: 'soon', percentLeft: 25, minutesLeft: null }],
  ladder: [
    {
      step: 1,
      metric: 'first_response',
      when: 'share',
      value: 50,
      unit: 'percent',
      time: 'calendar',
      action: 'notify',
      to: 'supervisor',
      means: ['in_app'],
      fr: 'Prévenir le superviseur',
      ar: 'إشعار المشرف',
    },
    {
      step: 2,
      metric: 'first_response',
      when: 'after_breach',
      value: 0,
      unit: 'minutes',
      time: 'calendar',
      action: 'raise_priority',
      to: 'one_level',
      means: ['in_app'],
      fr: 'Relever la priorité',
      ar: 'رفع الأولوية',
    },
  ],
};
