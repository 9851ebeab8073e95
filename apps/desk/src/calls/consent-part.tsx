import { LANGUAGES } from '@app/domain/language';
import { api, call as ask } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { screenLocale, t } from '@app/ui/i18n';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import type { CallWords } from './call-queries';
import type { Call } from './live-calls';

interface ConsentPartProps {
  call: Call;
  words: CallWords | undefined;
  language: string;
}

/** Words to read out, the answer as a record, and its withdrawal. */
export function ConsentPart({ call, words, language }: ConsentPartProps) {
  const { busy, problem, run } = useWrite(['calls']);
  const spoken = spokenOf(language);
  const read = spoken === 'fr' ? 'fr' : 'ar';
  const wording = words?.consentWording;
  // Where nothing is recorded nobody is asked; what was agreed to before can still be taken back.
  if (!wording?.code || (!call.asksConsent && call.consents.length === 0)) return null;
  const params = { path: { id: call.id } };
  const answer = (state: 'granted' | 'refused') =>
    void run(async () => {
      await ask(
        api.POST('/api/v1/calls/{id}/consents', {
          params,
          body: { state, wordingVersion: wording.code, language: spoken },
        }),
      );
    });
  const withdraw = (consentId: string) =>
    void run(async () => {
      await ask(
        api.DELETE('/api/v1/calls/{id}/consents/{consentId}', { params: { path: { id: call.id, consentId } } }),
      );
    });
  return (
    <details className="callp-part">
      <summary className="b sm">{t('calls.consent')}</summary>
      <div className="stacked">
        {call.asksConsent && <Wording text={wording[read]} language={read} busy={busy} onAnswer={answer} />}
        {call.consents.map((one) => (
          <p key={one.id} className="sm row wrap">
            <span>
              {t(`calls.consent.is.${one.withdrawnAt ? 'withdrawn' : one.state}`)}{' '}
              <DateTime at={one.withdrawnAt ?? one.givenAt} style="time" />
            </span>
            {one.state === 'granted' && !one.withdrawnAt && (
              <Btn small look="link" busy={busy} onClick={() => withdraw(one.id)}>
                {t('calls.consent.withdraw')}
              </Btn>
            )}
          </p>
        ))}
        {problem && (
          <p className="alert warn" role="alert">
            {problem}
          </p>
        )}
      </div>
    </details>
  );
}

/** As the agent noted it, else that of the screen. */
function spokenOf(language: string): (typeof LANGUAGES)[number] {
  return LANGUAGES.find((one) => one === language) ?? (screenLocale() === 'ar' ? 'ar' : 'fr');
}

interface WordingProps {
  text: string;
  language: 'fr' | 'ar';
  busy: boolean;
  onAnswer: (state: 'granted' | 'refused') => void;
}

function Wording({ text, language, busy, onAnswer }: WordingProps) {
  return (
    <>
      <blockquote className="callp-read" lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
        {text}
      </blockquote>
      <div className="row wrap">
        {(['granted', 'refused'] as const).map((state) => (
          <Btn key={state} small busy={busy} onClick={() => onAnswer(state)}>
            {t(`calls.consent.${state}`)}
          </Btn>
        ))}
      </div>
    </>
  );
}
