import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Dialog } from '../ui/dialog';
import { Choices, Field } from '../ui/field';
import { toast } from '../ui/toast-store';
import { successorsQuery, type Person } from './people-queries';
import { useBase, useWrite } from '../forms/use-write';

type Heir = 'queue' | 'colleague';

const LAST = { status_not_allowed: 'people.lastOne' };

/** First where the open tickets go, then what will happen, then it happens. */
export function DeactivateDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const hands = person.openTickets > 0;
  const [step, setStep] = useState<'tickets' | 'confirm'>(hands ? 'tickets' : 'confirm');
  const [heir, setHeir] = useState<Heir>('queue');
  const [colleagueId, setColleagueId] = useState('');
  const colleagues = useColleagues(person);
  const colleague = heir === 'colleague' ? colleagues.find((one) => one.accountId === colleagueId) : undefined;
  const write = useWrite(['people', 'colleagues', 'ticket'], ['/colleagueId'], LAST);
  const { busy, problem, faultOf, run } = write;
  const base = useBase(write, person.version);
  const confirm = async () => {
    let moved = { toColleague: 0, toQueue: 0 };
    const done = await run(async () => {
      moved = await call(
        api.POST('/api/v1/accounts/{id}/deactivation', {
          params: { path: { id: person.accountId }, header: { 'If-Match': ifMatch(base) } },
          body: { colleagueId: colleague?.accountId ?? null },
        }),
      );
    });
    if (!done) return;
    toast({ text: t('people.deactivated', { name: person.name, n: moved.toColleague, m: moved.toQueue }), ms: 10_000 });
    onClose();
  };
  if (step === 'tickets')
    return (
      <Dialog
        title={t('people.deactivate.title', { name: person.name })}
        onClose={onClose}
        confirm={t('people.next')}
        onConfirm={() => setStep('confirm')}
        disabled={heir === 'colleague' && !colleague}
      >
        <p>{t('people.deactivate.holds', { n: person.openTickets })}</p>
        <HeirChoice {...{ heir, setHeir, colleagueId, setColleagueId, colleagues }} />
      </Dialog>
    );
  return (
    <Dialog
      title={t('people.deactivate.title', { name: person.name })}
      onClose={onClose}
      confirm={t('people.act.deactivate')}
      onConfirm={() => void confirm()}
      busy={busy}
      danger
      problem={problem ?? faultOf('/colleagueId')}
    >
      <ul className="facts people-facts">
        <li>{t('people.deactivate.signIn')}</li>
        <li>{t('people.deactivate.offers')}</li>
        {hands && (
          <li>
            {colleague
              ? t('people.deactivate.toColleague', { n: person.openTickets, name: colleague.name })
              : t('people.deactivate.toQueue', { n: person.openTickets })}
          </li>
        )}
        <li>{t('people.deactivate.back')}</li>
      </ul>
    </Dialog>
  );
}

function useColleagues(person: Person): Person[] {
  const { data } = useQuery({ ...successorsQuery(person.hubId ?? ''), enabled: person.hubId !== null });
  return (data?.items ?? []).filter((one) => one.accountId !== person.accountId && one.role !== 'expert');
}

interface HeirChoiceProps {
  heir: Heir;
  setHeir: (heir: Heir) => void;
  colleagueId: string;
  setColleagueId: (id: string) => void;
  colleagues: readonly Person[];
}

function HeirChoice({ heir, setHeir, colleagueId, setColleagueId, colleagues }: HeirChoiceProps) {
  return (
    <>
      <Choices
        label={t('people.deactivate.where')}
        value={heir}
        options={[
          { value: 'queue', label: t('people.deactivate.queue'), hint: t('people.deactivate.queueHint') },
          {
            value: 'colleague',
            label: t('people.deactivate.colleague'),
            hint: t('people.deactivate.colleagueHint'),
            disabled: colleagues.length === 0,
          },
        ]}
        onChange={setHeir}
      />
      {heir === 'colleague' && (
        <Field label={t('people.deactivate.who')}>
          {(control) => (
            <select
              {...control}
              className="inp"
              value={colleagueId}
              onChange={(event) => setColleagueId(event.target.value)}
            >
              <option value="">{t('desk.common.choose')}</option>
              {colleagues.map((one) => (
                <option key={one.membershipId} value={one.accountId}>
                  {t('people.deactivate.option', { name: one.name, n: one.openTickets })}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </>
  );
}
