import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { UserName } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Dialog } from '../ui/dialog';
import type { RoutingNames } from './names';
import { ruleVersionsQuery } from './routing-queries';
import { RuleSentence } from './rule-item';

/** Sets published so far, each readable. */
export function RuleHistory({ hubId, names }: { hubId: string; names: RoutingNames }) {
  const items = useQuery(ruleVersionsQuery(hubId)).data?.items ?? [];
  const [shown, setShown] = useState<number | null>(null);
  const open = items.find((one) => one.version === shown);
  return (
    <section className="card">
      <h2>{t('rules.history.title')}</h2>
      {items.length === 0 && <p className="mut sm rl-note">{t('rules.history.delivered')}</p>}
      <ol className="rl-history">
        {items.map((one) => (
          <li key={one.version}>
            <Btn look="link" onClick={() => setShown(one.version)}>
              {t('rules.history.version', { n: one.version })}
            </Btn>
            <DateTime at={one.publishedAt} style="dateTime" className="mut" />
            {one.publishedBy && <UserName text={one.publishedBy} />}
          </li>
        ))}
      </ol>
      {open && (
        <Dialog title={t('rules.history.version', { n: open.version })} onClose={() => setShown(null)} wide>
          <ol className="rl-list">
            {open.rules.map((rule, at) => (
              <li key={rule.id} className="rl-rule">
                <div className="rl-rule-head">
                  <span className="rl-number">{at + 1}</span>
                  <RuleSentence rule={rule} names={names} />
                </div>
              </li>
            ))}
          </ol>
        </Dialog>
      )}
    </section>
  );
}
