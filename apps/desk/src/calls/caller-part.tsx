import { useState } from 'react';
import { IconUserQuestion } from '@tabler/icons-react';
import { api, call as ask } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { CheckField } from '../forms/check-field';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import { Choices } from '../ui/field';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { WhoCalls } from './call-bits';
import { said, type CallWords } from './call-queries';
import type { Call } from './live-calls';

interface CallerPartProps {
  call: Call;
  words: CallWords | undefined;
}

/** One sure record is shown; several are a choice that a few questions settle; nobody stays unknown. */
export function CallerPart({ call, words }: CallerPartProps) {
  const { caller } = call;
  const known = caller.candidates.filter((one) => one.contactId !== null);
  return (
    <section className="callp-part">
      <h2>{t('calls.who')}</h2>
      {(!caller.verificationNeeded || known.length === 0) && (
        <div>
          <WhoCalls call={call} />
        </div>
      )}
      {caller.earlierCalls > 0 && <p className="mut sm">{t('calls.earlier', { n: caller.earlierCalls })}</p>}
      {caller.verifiedAt && <p className="mut sm">{t('calls.verified')}</p>}
      {caller.verificationNeeded && known.length > 0 && <Check call={call} words={words} />}
    </section>
  );
}

/** Nothing of a case before somebody has checked who speaks. */
function Check({ call, words }: CallerPartProps) {
  const known = call.caller.candidates.filter((one) => one.contactId !== null);
  const [who, setWho] = useState<string | null>(known.length === 1 ? known[0].contactId : null);
  const [right, setRight] = useState<readonly string[]>([]);
  const { busy, problem, run } = useWrite(['calls']);
  const verify = () =>
    run(async () => {
      await ask(
        api.POST('/api/v1/calls/{id}/verification', {
          params: { path: { id: call.id } },
          body: { contactId: who!, questions: [...right] },
        }),
      );
    });
  return (
    <>
      <p className="alert">
        <Icon of={IconUserQuestion} />
        {t(`calls.doubt.${call.match === 'shared' ? 'shared' : 'probable'}`)}
      </p>
      <Choices
        label={t('calls.candidates')}
        value={who}
        onChange={setWho}
        options={known.map((one) => ({
          value: one.contactId!,
          label: <UserLine text={one.name ?? t('calls.noName')} />,
          hint: one.association ? <UserLine text={nameOf(one.association)} /> : undefined,
        }))}
      />
      <p className="sm b">{t('calls.check')}</p>
      <div className="choices">
        {words?.verificationQuestions.map((one) => (
          <CheckField
            key={one.code}
            label={said(one)}
            checked={right.includes(one.code)}
            onChange={(on) => setRight(on ? [...right, one.code] : right.filter((code) => code !== one.code))}
          />
        ))}
      </div>
      {problem && (
        <p className="alert warn" role="alert">
          {problem}
        </p>
      )}
      <Btn look="primary" busy={busy} disabled={who === null || right.length === 0} onClick={() => void verify()}>
        {t('calls.confirm')}
      </Btn>
    </>
  );
}
