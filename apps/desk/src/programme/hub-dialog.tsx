import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HubStatus } from '@app/domain/hub';
import { formatPhone } from '@app/domain/phone';
import { api, call, ifMatch } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { placesQuery } from '../context/use-place-name';
import { CheckField } from '../forms/check-field';
import { TextField } from '../forms/text-field';
import { useBase, useWrite } from '../forms/use-write';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { PlaceField } from '../ui/place-field';
import { toast } from '../ui/toast-store';
import { PROGRAMME, type ManagedHub } from './programme-queries';

/** Spoken in the hubs: written languages first, then those of the telephone. */
const LANGUAGES = ['ar', 'fr', 'ary', 'tzm', 'shi', 'rif'] as const;
/** As the API lets it go; suspending is an act of its own. */
const NEXT: Record<HubStatus, readonly HubStatus[]> = {
  planned: ['planned', 'active', 'closed'],
  active: ['active', 'closed'],
  suspended: ['suspended', 'active', 'closed'],
  closed: ['closed'],
};
const POINTERS = [
  '/code',
  '/nameFr',
  '/nameAr',
  '/managingNameFr',
  '/managingNameAr',
  '/phone',
  '/callbackPhone',
  '/email',
];

interface Draft {
  code: string;
  nameFr: string;
  nameAr: string;
  managingNameFr: string;
  managingNameAr: string;
  seatCode: string;
  phone: string;
  callbackPhone: string;
  email: string;
  languages: string[];
  status: HubStatus;
}

const NEW: Draft = {
  code: '',
  nameFr: '',
  nameAr: '',
  managingNameFr: '',
  managingNameAr: '',
  seatCode: '',
  phone: '',
  callbackPhone: '',
  email: '',
  languages: ['ar', 'fr'],
  status: 'planned',
};

const spoken = (phone: string): string => (phone ? formatPhone(phone) : '');

/** A form holds no nulls, and telephones as they are said. */
function draftOf(hub: ManagedHub | null): Draft {
  if (!hub) return NEW;
  const known = Object.entries(hub).filter(([field, value]) => field in NEW && value !== null);
  const draft = { ...NEW, ...(Object.fromEntries(known) as Partial<Draft>) };
  return { ...draft, phone: spoken(draft.phone), callbackPhone: spoken(draft.callbackPhone) };
}

/** What a hub is: names, who runs it, where it is reached, which languages it speaks. */
export function HubDialog({ hub, onClose }: { hub: ManagedHub | null; onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(hub));
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const write = useWrite([PROGRAMME, 'hubs', 'places'], POINTERS);
  const { busy, problem, faultOf, run } = write;
  const base = useBase(write, hub?.version ?? 0);
  const save = async () => {
    const { code, status, ...fields } = draft;
    const orNull = (text: string) => text.trim() || null;
    const body = {
      ...fields,
      managingNameFr: orNull(fields.managingNameFr),
      managingNameAr: orNull(fields.managingNameAr),
      seatCode: orNull(fields.seatCode),
      phone: orNull(fields.phone),
      callbackPhone: orNull(fields.callbackPhone),
      email: orNull(fields.email),
    };
    const done = await run(async () => {
      await (hub
        ? call(
            api.PATCH('/api/v1/programme/hubs/{id}', {
              params: { path: { id: hub.id }, header: { 'If-Match': ifMatch(base) } },
              body: { ...body, status },
            }),
          )
        : call(api.POST('/api/v1/programme/hubs', { body: { code, ...body } })));
    });
    if (!done) return;
    toast({ text: t('programme.saved') });
    onClose();
  };
  return (
    <Dialog
      title={hub ? nameOf(hub) : t('programme.hubs.new')}
      onClose={onClose}
      confirm={t('programme.save')}
      onConfirm={() => void save()}
      busy={busy}
      disabled={!draft.nameFr.trim() || !draft.nameAr.trim() || !draft.code || draft.languages.length === 0}
      problem={problem}
      wide
    >
      <Identity draft={draft} set={set} faultOf={faultOf} isNew={!hub} />
      <Reaching draft={draft} set={set} faultOf={faultOf} />
      {hub && <Hours code={hub.code} />}
    </Dialog>
  );
}

interface PartProps {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  faultOf: (pointer: string) => string | null;
}

function Identity({ draft, set, faultOf, isNew }: PartProps & { isNew: boolean }) {
  const text = (name: 'nameFr' | 'nameAr' | 'managingNameFr' | 'managingNameAr', max: number) => (
    <TextField
      label={t(`programme.field.${name}`)}
      value={draft[name]}
      max={max}
      dir={name.endsWith('Ar') ? 'rtl' : 'ltr'}
      error={faultOf(`/${name}`)}
      onChange={(value) => set({ [name]: value })}
    />
  );
  return (
    <div className="two">
      {isNew && (
        <TextField
          label={t('programme.field.code')}
          hint={t('programme.field.codeHint')}
          value={draft.code}
          max={2}
          dir="ltr"
          error={faultOf('/code')}
          onChange={(code) => set({ code: code.toUpperCase() })}
        />
      )}
      {text('nameFr', 120)}
      {text('nameAr', 120)}
      {text('managingNameFr', 200)}
      {text('managingNameAr', 200)}
      {!isNew && (
        <Field label={t('programme.hubs.status')} hint={t('programme.field.statusHint')}>
          {(control) => (
            <select
              {...control}
              className="inp"
              value={draft.status}
              onChange={(event) => set({ status: event.target.value as HubStatus })}
            >
              {NEXT[draft.status].map((one) => (
                <option key={one} value={one}>
                  {t(`programme.status.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </div>
  );
}

function Reaching({ draft, set, faultOf }: PartProps) {
  const reach = (name: 'phone' | 'callbackPhone' | 'email') => (
    <TextField
      label={t(`programme.field.${name}`)}
      value={draft[name]}
      max={254}
      dir="ltr"
      type={name === 'email' ? 'email' : 'tel'}
      error={faultOf(`/${name}`)}
      onChange={(value) => set({ [name]: value })}
    />
  );
  return (
    <>
      <div className="two">
        <PlaceField
          label={t('programme.field.seatCode')}
          value={draft.seatCode}
          onChange={(seatCode) => set({ seatCode })}
        />
        {reach('phone')}
        {reach('callbackPhone')}
        {reach('email')}
      </div>
      <fieldset className="field plain">
        <legend className="lab">{t('programme.field.languages')}</legend>
        <div className="two">
          {LANGUAGES.map((one) => (
            <CheckField
              key={one}
              label={t(`programme.language.${one}`)}
              checked={draft.languages.includes(one)}
              onChange={(on) =>
                set({ languages: LANGUAGES.filter((other) => (other === one ? on : draft.languages.includes(other))) })
              }
            />
          ))}
        </div>
      </fieldset>
    </>
  );
}

/** As its calendar says; they are changed there. */
function Hours({ code }: { code: string }) {
  const { data } = useQuery(placesQuery);
  const week = data?.hubs.find((one) => one.code === code)?.week;
  if (!week) return null;
  return (
    <section className="field">
      <span className="lab">{t('programme.field.hours')}</span>
      <ul className="hub-hours">
        {week.map(({ weekday, intervals }) => (
          <li key={weekday} className="row">
            <span>{t('ui.date.weekdays').split('|')[weekday - 1]}</span>
            {intervals.length === 0 && <span className="mut">{t('programme.field.closed')}</span>}
            {intervals.map(({ from, to }) => (
              <Bidi key={from} className="tagl">
                {from}–{to}
              </Bidi>
            ))}
          </li>
        ))}
      </ul>
      <span className="hint">{t('programme.field.hoursHint')}</span>
    </section>
  );
}
