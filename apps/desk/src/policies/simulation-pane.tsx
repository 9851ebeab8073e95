import { useMutation, useQuery } from '@tanstack/react-query';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { firstMatch, PRIORITIES, type PolicyDefinition, type PolicyFacts, type Priority } from '@app/domain/sla-policy';
import { api, call, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { categoriesQuery } from '../data/queries';
import { DateField } from '../forms/date-field';
import { faultAt } from '../rules/fault';
import { instantOf, localNow } from '../rules/local-instant';
import { TimeField } from '../rules/time-field';
import { useVocabulary, type Option } from '../rules/vocabulary';
import { useMay } from '../session/me';
import { Btn } from '../ui/button';
import { Choices, Field } from '../ui/field';
import { Icon } from '../ui/icon';
import { SimulationSteps } from './simulation-steps';

type Under = 'this' | 'published';
const FACTS = ['category', 'channel', 'language', 'association_type'] as const;
type Fact = (typeof FACTS)[number];

interface SimulationPaneProps {
  /** The policy on the screen, as it is written now. */
  policy: PolicyDefinition;
  changed: boolean;
  hubId: string | null;
}

/** Tries the promise on a question of one's own making, or on a ticket. */
export function SimulationPane(props: SimulationPaneProps) {
  const may = useMay();
  return (
    <section className="card rl-card" aria-labelledby="simulate-head">
      <h2 id="simulate-head">
        <Icon of={IconPlayerPlay} size={17} />
        {t('rules.simulate.title')}
      </h2>
      <div className="stacked">
        <SampleForm {...props} />
        {may('tickets:change') && <TicketForm />}
      </div>
    </section>
  );
}

function SampleForm({ policy, changed, hubId }: SimulationPaneProps) {
  const facts = useFacts();
  const [day, setDay] = useState(() => localNow().day);
  const [time, setTime] = useState(() => localNow().time);
  const [priority, setPriority] = useState<Priority>('normal');
  const [under, setUnder] = useState<Under>('this');
  const simulate = useMutation({
    mutationFn: () => {
      const draft = under === 'this' ? { policy: policy as unknown as Record<string, never> } : {};
      const startedAt = instantOf(day, time) ?? '';
      const hub = hubId === null ? {} : { hubId };
      return call(
        api.POST('/api/v1/sla/simulations', { body: { startedAt, priority, ...hub, ...draft, facts: facts.sent } }),
      );
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    simulate.mutate();
  };
  const applies = under === 'published' || firstMatch([policy], facts.known(priority)) !== null;
  return (
    <form className="stacked" onSubmit={submit} noValidate>
      <div className="row wrap rl-when">
        <DateField
          label={t('rules.simulate.at')}
          value={day}
          onChange={setDay}
          error={faultAt(simulate.error, '/startedAt')}
        />
        <TimeField label={t('rules.simulate.time')} value={time} onChange={setTime} />
      </div>
      <div className="rl-twins">
        <PickField
          label={t('rules.field.priority')}
          value={priority}
          options={PRIORITIES.map((value) => ({ value, label: t(`desk.priority.${value}`) }))}
          onChange={(value) => setPriority(value as Priority)}
        />
        {FACTS.map((fact) => (
          <PickField
            key={fact}
            label={t(`rules.field.${fact}`)}
            value={facts.chosen[fact] ?? ''}
            options={[{ value: '', label: t('rules.simulate.any') }, ...(facts.vocabulary[fact] ?? [])]}
            onChange={(value) => facts.choose(fact, value)}
          />
        ))}
      </div>
      <Choices
        label={t('rules.simulate.under')}
        value={under}
        options={(['this', 'published'] as const).map((value) => ({
          value,
          label: t(value === 'this' && changed ? 'rules.simulate.draft' : `rules.simulate.${value}`),
        }))}
        onChange={setUnder}
      />
      <Btn type="submit" busy={simulate.isPending}>
        {t('rules.simulate.run')}
      </Btn>
      {simulate.error !== null && !faultAt(simulate.error, '/startedAt') && (
        <p className="alert warn" role="alert">
          {faultAt(simulate.error, '/metric') ??
            faultAt(simulate.error, '/policy', true) ??
            problemText(simulate.error)}
        </p>
      )}
      {simulate.data && !applies && <p className="alert warn">{t('rules.simulate.wouldNot')}</p>}
      {simulate.data && <SimulationSteps found={simulate.data} />}
    </form>
  );
}

/** What is said of the question; its category says its kind and whether an answer is approved first. */
function useFacts() {
  const vocabulary = useVocabulary();
  const { data } = useQuery(categoriesQuery);
  const [chosen, setChosen] = useState<Partial<Record<Fact, string>>>({});
  const category = data?.items.flatMap((theme) => theme.categories).find((one) => one.code === chosen.category);
  const sent = {
    ...(category ? { category: category.code, kind: category.kind, needsValidation: category.needsValidation } : {}),
    ...(category ? { confidentiality: category.defaultConfidentiality } : {}),
    ...(chosen.channel ? { channel: chosen.channel as 'portal' } : {}),
    ...(chosen.language ? { language: chosen.language as 'fr' } : {}),
    ...(chosen.association_type ? { associationType: chosen.association_type as 'association' } : {}),
  };
  const known = (priority: Priority): PolicyFacts => ({
    ...{ category: null, kind: null, channel: null, confidentiality: null, needsValidation: false },
    ...{ associationType: null, hub: null, language: null, tags: [] },
    ...sent,
    priority,
  });
  const choose = (fact: Fact, value: string) => setChosen({ ...chosen, [fact]: value });
  return { vocabulary, chosen, sent, known, choose };
}

function TicketForm() {
  const [ticket, setTicket] = useState('');
  const explain = useMutation({
    mutationFn: () => call(api.POST('/api/v1/sla/simulations/tickets', { body: { ticket: ticket.trim() } })),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ticket.trim()) explain.mutate();
  };
  return (
    <form className="stacked rl-apart" onSubmit={submit} noValidate>
      <Field
        label={t('rules.simulate.ticket')}
        hint={t('rules.simulate.ticketHint')}
        error={explain.error ? problemText(explain.error) : null}
      >
        {(control) => (
          <input
            {...control}
            className="inp"
            dir="ltr"
            maxLength={60}
            value={ticket}
            onChange={(event) => setTicket(event.target.value)}
          />
        )}
      </Field>
      <Btn type="submit" busy={explain.isPending} disabled={!ticket.trim()}>
        {t('rules.simulate.explain')}
      </Btn>
      {explain.data && <SimulationSteps found={explain.data} />}
    </form>
  );
}

interface PickFieldProps {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}

function PickField({ label, value, options, onChange }: PickFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <select {...control} className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
