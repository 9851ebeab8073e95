import { IconHistory } from '@tabler/icons-react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { ImpactView } from './impact';
import type { CalendarDraft } from './use-calendar-draft';

/** First what the changed hours would do, then publish or give up. */
export function CalendarPublish({ draft, version }: { draft: CalendarDraft; version: number }) {
  const { impact, publish, effect, changed, problem } = draft;
  return (
    <section className="card rl-card" aria-labelledby="calendar-publish">
      <h2 id="calendar-publish">
        <Icon of={IconHistory} size={17} />
        {t('rules.publish.title')}
      </h2>
      <div className="stacked">
        {effect ? (
          <ImpactView impact={effect} />
        ) : (
          <p className="mut sm">{t(changed ? 'rules.publish.ask' : 'rules.publish.nothing')}</p>
        )}
        {problem ? (
          <p className="alert warn" role="alert">
            {problemText(problem)}
          </p>
        ) : null}
        {draft.overtaken && <Btn onClick={draft.rebase}>{t('rules.publish.rebase', { n: version })}</Btn>}
        <div className="rl-foot">
          <Btn
            look={effect ? 'plain' : 'primary'}
            busy={impact.isPending}
            disabled={!changed}
            onClick={() => impact.mutate()}
          >
            {t('rules.publish.try')}
          </Btn>
          <Btn look="primary" busy={publish.isPending} disabled={!effect} onClick={() => publish.mutate()}>
            {t('rules.publish.publish', { n: version + 1 })}
          </Btn>
          <Btn disabled={!changed} onClick={draft.giveUp}>
            {t('rules.publish.giveUp')}
          </Btn>
        </div>
      </div>
    </section>
  );
}
