import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { UserName } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { PolicyRead } from './policy-read';
import { policyVersionQuery, versionsQuery, type Policy } from './policy-queries';

/** What was published, when and by whom; each version can be read, with what it changed. */
export function PolicyHistory({ policy }: { policy: Policy }) {
  const { data, error } = useQuery(versionsQuery(policy.id));
  const [shown, setShown] = useState<number | null>(null);
  if (error) return <p className="alert warn">{problemText(error)}</p>;
  return (
    <section className="card">
      <h2>{t('rules.history.title')}</h2>
      <ol className="rl-history">
        {data?.map((one) => (
          <li key={one.id}>
            <Btn look="link" onClick={() => setShown(one.version)}>
              {t('rules.history.version', { n: one.version })}
            </Btn>
            <DateTime at={one.publishedAt} style="dateTime" className="mut" />
            <span>{one.publishedByName ? <UserName text={one.publishedByName} /> : t('rules.history.delivered')}</span>
          </li>
        ))}
      </ol>
      {shown !== null && <VersionDialog id={policy.id} version={shown} onClose={() => setShown(null)} />}
    </section>
  );
}

function VersionDialog({ id, version, onClose }: { id: string; version: number; onClose: () => void }) {
  const { data } = useQuery(policyVersionQuery(id, version));
  const before = useQuery({ ...policyVersionQuery(id, version - 1), enabled: version > 1 });
  const ready = data && (version === 1 || before.data || before.error);
  return (
    <Dialog title={t('rules.history.version', { n: version })} onClose={onClose} wide>
      {ready && <PolicyRead policy={data} than={before.data} />}
    </Dialog>
  );
}
