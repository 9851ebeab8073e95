import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { AGENT_REF_KINDS } from '@app/domain/calls/canonical-event';
import { api, call as ask } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { colleaguesQuery } from '../data/queries';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import type { Telephony } from './telephony-queries';

type Name = Pick<Telephony['agents'][number], 'kind' | 'value'>;
interface Person {
  accountId: string;
  name: string;
}

/** Who has which telephone, as telephone systems name it: without it nobody's screen pops up. */
export function AgentNumbers({ hubId, agents }: { hubId: string; agents: Telephony['agents'] }) {
  const { data } = useQuery(colleaguesQuery);
  const [open, setOpen] = useState<Person | null>(null);
  const namesOf = (id: string): Name[] => agents.filter((one) => one.agent.id === id);
  return (
    <section className="stacked">
      <h2>{t('calls.telephony.agents')}</h2>
      <DataTable
        caption={t('calls.telephony.agents')}
        rows={data?.items ?? []}
        rowKey={(one) => one.accountId}
        empty={null}
        columns={[
          { key: 'who', head: t('calls.col.agent'), cell: (one) => <UserLine text={one.name} className="b" /> },
          {
            key: 'names',
            head: t('calls.telephony.names'),
            cell: (one) => (
              <div className="row wrap">
                {namesOf(one.accountId).map(({ kind, value }) => (
                  <span key={`${kind} ${value}`} className="tagl">
                    {t(`calls.ref.${kind}`)} <Bidi>{value}</Bidi>
                  </span>
                ))}
              </div>
            ),
          },
          {
            key: 'change',
            head: t('calls.telephony.acts'),
            numeric: true,
            cell: (one) => (
              <Btn small aria-label={t('calls.telephony.changeOf', { name: one.name })} onClick={() => setOpen(one)}>
                {t('calls.telephony.change')}
              </Btn>
            ),
          },
        ]}
      />
      {open && (
        <NamesDialog hubId={hubId} person={open} names={namesOf(open.accountId)} onClose={() => setOpen(null)} />
      )}
    </section>
  );
}

interface NamesDialogProps {
  hubId: string;
  person: Person;
  names: readonly Name[];
  onClose: () => void;
}

function NamesDialog({ hubId, person, names: before, onClose }: NamesDialogProps) {
  const [names, setNames] = useState<Name[]>(before.map(({ kind, value }) => ({ kind, value })));
  const { busy, problem, run } = useWrite(['telephony']);
  const change = (at: number, part: Partial<Name>) =>
    setNames(names.map((one, place) => (place === at ? { ...one, ...part } : one)));
  const save = async () => {
    const done = await run(async () => {
      await ask(
        api.PUT('/api/v1/hubs/{id}/telephony/agents/{accountId}', {
          params: { path: { id: hubId, accountId: person.accountId } },
          body: { names: names.filter((one) => one.value.trim() !== '') },
        }),
      );
    });
    if (done) onClose();
  };
  return (
    <Dialog
      title={t('calls.telephony.changeOf', { name: person.name })}
      onClose={onClose}
      confirm={t('calls.saveNote')}
      onConfirm={() => void save()}
      busy={busy}
      problem={problem}
    >
      {names.map((one, at) => (
        <div key={at} className="row">
          <select
            className="inp"
            aria-label={t('calls.telephony.kind')}
            value={one.kind}
            onChange={(event) =>
              change(at, { kind: AGENT_REF_KINDS.find((kind) => kind === event.target.value) ?? one.kind })
            }
          >
            {AGENT_REF_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`calls.ref.${kind}`)}
              </option>
            ))}
          </select>
          <input
            className="inp"
            dir="ltr"
            aria-label={t('calls.telephony.value')}
            maxLength={120}
            value={one.value}
            onChange={(event) => change(at, { value: event.target.value })}
          />
        </div>
      ))}
      <Btn onClick={() => setNames([...names, { kind: 'extension', value: '' }])}>
        <Icon of={IconPlus} size={15} />
        {t('calls.telephony.addName')}
      </Btn>
    </Dialog>
  );
}
