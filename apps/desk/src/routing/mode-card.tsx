import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import { Choices } from '../ui/field';
import { toast } from '../ui/toast-store';
import { modeQuery } from './routing-queries';

const MODES = ['least_load', 'offers', 'default'] as const;
type Mode = (typeof MODES)[number];

/** How tickets of the hub find their agent. */
export function ModeCard({ hubId }: { hubId: string }) {
  const { data } = useQuery(modeQuery(hubId));
  const [chosen, setChosen] = useState<Mode | null>(null);
  const { busy, problem, run } = useWrite(['routing']);
  if (!data) return null;
  const stored: Mode = data.inherited ? 'default' : data.mode;
  const mode = chosen ?? stored;
  const save = async () => {
    const done = await run(async () => {
      await call(api.PUT('/api/v1/hubs/{id}/assignment-mode', { params: { path: { id: hubId } }, body: { mode } }));
    });
    if (!done) return;
    setChosen(null);
    toast({ text: t('rules.mode.done') });
  };
  return (
    <section className="card rl-card">
      <div className="stacked">
        <Choices
          label={t('rules.mode.title')}
          value={mode}
          options={MODES.map((value) => ({
            value,
            label: t(`rules.mode.${value}`),
            hint: t(`rules.mode.hint.${value}`),
          }))}
          onChange={setChosen}
        />
        {problem && (
          <p className="alert warn" role="alert">
            {problem}
          </p>
        )}
        <div className="rl-foot">
          <Btn look="primary" busy={busy} disabled={mode === stored} onClick={() => void save()}>
            {t('rules.queues.save')}
          </Btn>
        </div>
      </div>
    </section>
  );
}
