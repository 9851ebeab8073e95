import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { Phone } from '@app/ui/phone';
import { contactsQuery } from '../data/queries';
import { Btn } from '../ui/button';
import { Choices, Field } from '../ui/field';
import { Finder } from '../ui/finder';
import { nameOf, otherNameOf } from '../ui/names';
import { PlaceField } from '../ui/place-field';
import { usePlaceName } from '../context/use-place-name';
import type { Association, Caller, NewTicketDraft } from './new-ticket';

const LEAST = 2;

export interface PartProps {
  draft: NewTicketDraft;
  set: (part: Partial<NewTicketDraft>) => void;
  faultOf: (pointer: string) => string | null;
}

/** For whom: an association of the hub, or a place when there is none. */
export function AssociationPart({ draft, set, faultOf }: PartProps) {
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), 200);
  const found = useQuery({
    queryKey: ['associations', asked],
    queryFn: () => call(api.GET('/api/v1/associations', { params: { query: { q: asked, limit: 8 } } })),
    enabled: asked.length >= LEAST,
    staleTime: 30_000,
  });
  const items = asked.length >= LEAST ? (found.data?.items ?? []) : [];
  const take = (association: Association | null) => {
    setWords('');
    set({
      association,
      caller: association ? draft.caller : draft.caller === 'known' ? 'new' : draft.caller,
      contactId: null,
    });
  };
  if (draft.association) return <ChosenAssociation association={draft.association} onChange={() => take(null)} />;
  return (
    <>
      <Finder
        label={t('intake.association')}
        hint={t('intake.associationHint')}
        words={words}
        onWords={setWords}
        found={items}
        rowKey={(one) => one.id}
        row={(one) => <AssociationRow association={one} />}
        onPick={take}
        none={asked.length >= LEAST && found.data && items.length === 0 ? t('intake.associationNone') : null}
      />
      <PlaceField
        label={t('intake.place')}
        hint={t('intake.placeHint')}
        value={draft.placeCode}
        error={faultOf('/placeCode')}
        onChange={(placeCode) => set({ placeCode })}
      />
    </>
  );
}

function AssociationRow({ association }: { association: Association }) {
  const place = usePlaceName(association.placeCode);
  const other = otherNameOf(association);
  return (
    <span className="grow">
      <UserLine text={nameOf(association)} cut className="b" />
      <span className="mut xs">
        {other && (
          <>
            <bdi lang={other.lang}>{other.text}</bdi> ·{' '}
          </>
        )}
        {place}
      </span>
    </span>
  );
}

function ChosenAssociation({ association, onChange }: { association: Association; onChange: () => void }) {
  return (
    <div className="field">
      <span className="lab">{t('intake.association')}</span>
      <div className="row chosen">
        <AssociationRow association={association} />
        <Btn small onClick={onChange}>
          {t('intake.change')}
        </Btn>
      </div>
    </div>
  );
}

/** Who is on the line, writes or stands there; nobody has to give a name. */
export function CallerPart({ draft, set, faultOf }: PartProps) {
  const { data } = useQuery({
    ...contactsQuery(draft.association?.id ?? ''),
    enabled: draft.association !== null,
  });
  const contacts = draft.association ? (data?.items ?? []) : [];
  const callers: Caller[] = contacts.length > 0 ? ['known', 'new', 'anonymous'] : ['new', 'anonymous'];
  return (
    <>
      <Choices
        label={t('intake.caller')}
        value={draft.caller}
        onChange={(caller) => set({ caller })}
        options={callers.map((value) => ({
          value,
          label: t(`intake.caller.${value}`),
          hint: t(`intake.callerHint.${value === 'anonymous' && draft.association ? 'anonymousOf' : value}`),
        }))}
      />
      {draft.caller === 'known' && contacts.length > 0 && (
        <Choices
          label={t('intake.contact')}
          value={draft.contactId}
          onChange={(contactId) => set({ contactId })}
          options={contacts.map((one) => ({
            value: one.id,
            label: <bdi>{one.name}</bdi>,
            hint: one.phones[0] ? (
              <Phone number={one.phones[0].e164} />
            ) : (
              one.emails[0] && <Bidi>{one.emails[0].email}</Bidi>
            ),
          }))}
        />
      )}
      {draft.caller === 'new' && <NewContact draft={draft} set={set} faultOf={faultOf} />}
    </>
  );
}

function NewContact({ draft, set, faultOf }: PartProps) {
  return (
    <div className="two">
      <Field label={t('intake.name')} error={faultOf('/contact/name')}>
        {(control) => (
          <input
            {...control}
            className="inp said"
            maxLength={200}
            autoComplete="off"
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('intake.phone')} error={faultOf('/contact/phone')}>
        {(control) => (
          <input
            {...control}
            className="inp ltr"
            dir="ltr"
            type="tel"
            maxLength={40}
            autoComplete="off"
            value={draft.phone}
            onChange={(event) => set({ phone: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('intake.email')} error={faultOf('/contact/email')}>
        {(control) => (
          <input
            {...control}
            className="inp ltr"
            dir="ltr"
            type="email"
            maxLength={254}
            autoComplete="off"
            value={draft.email}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  );
}
