import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { METRICS, type PolicyDefinition } from '@app/domain/sla-policy';
import { api, call, problemText } from '@app/ui/api';
import { UserName } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { faultAt } from '../rules/fault';
import { FaultLine } from '../rules/fault-line';
import { ImpactView } from '../rules/impact';
import { moved, OrderButtons } from '../rules/order-buttons';
import { minutesText } from '../rules/minutes';
import { conditionText, useVocabulary } from '../rules/vocabulary';
import { Btn } from '../ui/button';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import type { Policy } from './policy-queries';

interface PolicyListProps {
  all: readonly Policy[];
  chosen: string | undefined;
  mayPublish: boolean;
}

/** In the order in which they are asked. Up and down move one's own; the order is published as a whole. */
export function PolicyList({ all, chosen, mayPublish }: PolicyListProps) {
  const own = all.filter((one) => one.active && one.yours);
  const [order, setOrder] = useState<string[] | null>(null);
  const ids = order ?? own.map((one) => one.id);
  const inUse = reordered(
    all.filter((one) => one.active),
    ids,
  );
  const ended = all.filter((one) => !one.active);
  const move = (from: number, to: number) => {
    const next = moved(ids, from, to);
    setOrder(next.every((id, at) => id === own[at].id) ? null : next);
  };
  return (
    <nav className="stacked rl-stay" aria-label={t('rules.policies.title')}>
      <p className="mut sm">{t('rules.policies.first')}</p>
      <ol className="card rl-list">
        {inUse.map((one, at) => (
          <li key={one.id} className={one.id === chosen ? 'on' : undefined}>
            <PolicyEntry policy={one} number={at + 1} current={one.id === chosen} />
            {mayPublish && one.yours && own.length > 1 && (
              <OrderButtons
                name={nameOf(one)}
                at={ids.indexOf(one.id)}
                count={ids.length}
                onMove={(to) => move(ids.indexOf(one.id), to)}
              />
            )}
          </li>
        ))}
      </ol>
      {order && <OrderPane ids={order} all={all} onDone={() => setOrder(null)} />}
      {ended.length > 0 && (
        <details>
          <summary className="mut sm">{t('rules.policies.ended', { n: ended.length })}</summary>
          <ol className="card rl-list">
            {ended.map((one) => (
              <li key={one.id} className={one.id === chosen ? 'on' : undefined}>
                <PolicyEntry policy={one} number={null} current={one.id === chosen} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </nav>
  );
}

/** Own policies change places among themselves; those of others stay where they are. */
function reordered(list: readonly Policy[], ids: readonly string[]): Policy[] {
  const byId = new Map(list.map((one) => [one.id, one]));
  const left = [...ids];
  return list.map((one) => (ids.includes(one.id) ? (byId.get(left.shift()!) ?? one) : one));
}

function PolicyEntry({ policy, number, current }: { policy: Policy; number: number | null; current: boolean }) {
  const vocabulary = useVocabulary();
  const { hub, version, publishedAt, publishedByName, definition } = policy;
  return (
    <Link
      to="/admin/policies"
      search={{ policy: policy.id }}
      className="rl-entry"
      aria-current={current ? 'true' : undefined}
    >
      {number !== null && <span className="rl-number">{number}</span>}
      <span className="grow">
        <span className="b u">
          <bdi>{nameOf(policy)}</bdi>
        </span>
        <span className="mut sm rl-clamp">
          {definition.conditions.length > 0
            ? conditionText(vocabulary, definition.conditions[0])
            : t('rules.condition.all')}
        </span>
        <span className="sm u">{promiseText(definition)}</span>
        <span className="row wrap xs mut">
          <span className="tagl">{hub ? <bdi>{nameOf(hub)}</bdi> : t('rules.policies.national')}</span>
          <span>{t('rules.policies.version', { n: version })}</span>
          <DateTime at={publishedAt} />
          {publishedByName && <UserName text={publishedByName} />}
        </span>
      </span>
    </Link>
  );
}

/** What an ordinary question is promised. */
function promiseText({ targets }: PolicyDefinition): string {
  const shown = targets.some((one) => one.priority === 'normal') ? 'normal' : targets[0]?.priority;
  return METRICS.filter((metric) => metric !== 'holding')
    .flatMap((metric) => targets.filter((one) => one.metric === metric && one.priority === shown))
    .map((one) => t(`rules.policies.short.${one.metric}`, { time: minutesText(one.minutes, one.time) }))
    .join(' · ');
}

/** What another order would do, before it is published. */
function OrderPane({ ids, all, onDone }: { ids: string[]; all: readonly Policy[]; onDone: () => void }) {
  const client = useQueryClient();
  const key = ids.join();
  const [asked, setAsked] = useState('');
  const impact = useMutation({
    mutationFn: () => call(api.POST('/api/v1/sla/policies/order/impact', { body: { ids } })),
    onMutate: () => setAsked(key),
  });
  const publish = useMutation({
    mutationFn: () => call(api.POST('/api/v1/sla/policies/order', { body: { ids } })),
    onSuccess: () => {
      toast({ text: t('rules.policies.orderDone') });
      onDone();
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['policies'] }),
  });
  const problem = publish.error ?? impact.error;
  const effect = asked === key ? impact.data : undefined;
  return (
    <section className="card rl-card" aria-label={t('rules.policies.order')}>
      <div className="stacked">
        <p className="b">{t('rules.policies.order')}</p>
        {effect && <ImpactView impact={effect} />}
        {asked === key && problem && (
          <>
            <p className="alert warn" role="alert">
              {faultAt(problem, '/ids') ?? problemText(problem)}
            </p>
            {ids.map((id, at) => {
              const fault = faultAt(problem, `/ids/${at}`);
              const policy = all.find((one) => one.id === id);
              return (
                fault &&
                policy && <FaultLine key={id} text={t('rules.policies.orderFault', { name: nameOf(policy), fault })} />
              );
            })}
          </>
        )}
        <div className="rl-foot">
          <Btn look={effect ? 'plain' : 'primary'} busy={impact.isPending} onClick={() => impact.mutate()}>
            {t('rules.publish.try')}
          </Btn>
          <Btn look="primary" busy={publish.isPending} disabled={!effect} onClick={() => publish.mutate()}>
            {t('rules.policies.orderPublish')}
          </Btn>
          <Btn onClick={onDone}>{t('rules.publish.giveUp')}</Btn>
        </div>
      </div>
    </section>
  );
}
