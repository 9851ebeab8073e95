import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { hubsQuery } from '../data/queries';
import { useMe } from '../session/me';
import { Dialog } from '../ui/dialog';
import { Choices, Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import { CheckField } from '../forms/check-field';
import type { StaffRole } from './people-queries';
import { useWrite } from '../forms/use-write';

type Draft = Required<components['schemas']['InvitationBody']>;
const POINTERS = ['/email', '/name', '/role', '/hubId', '/languages'];
const GIVEN: Record<'supervisor' | 'coordinator', readonly StaffRole[]> = {
  supervisor: ['agent', 'expert', 'supervisor'],
  coordinator: ['supervisor', 'coordinator'],
};

const writes = ({ role }: Draft) => role === 'agent' || role === 'supervisor';
const isWhole = (draft: Draft) =>
  draft.email.trim() !== '' && draft.name.trim() !== '' && (!writes(draft) || draft.languages.length > 0);

/** Asks somebody in by e-mail: the role, and what the first day needs. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { role: own } = useMe();
  const roles = GIVEN[own === 'coordinator' ? 'coordinator' : 'supervisor'];
  const [draft, setDraft] = useState<Draft>({
    email: '',
    name: '',
    role: roles[0],
    hubId: null,
    locale: 'fr',
    cleared: false,
    languages: ['fr', 'ar'],
  });
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const { busy, problem, faultOf, run } = useWrite(['invitations'], POINTERS);
  const send = async () => {
    const body = { ...draft, email: draft.email.trim(), name: draft.name.trim() };
    const done = await run(async () => {
      await call(api.POST('/api/v1/invitations', { body }));
    });
    if (!done) return;
    toast({ text: t('people.invite.sent', { email: body.email }) });
    onClose();
  };
  return (
    <Dialog
      title={t('people.invite.title')}
      onClose={onClose}
      confirm={t('people.invite.send')}
      onConfirm={() => void send()}
      busy={busy}
      disabled={!isWhole(draft)}
      problem={problem}
    >
      <Person draft={draft} set={set} faultOf={faultOf} />
      <Choices
        label={t('people.column.role')}
        value={draft.role}
        options={roles.map((value) => ({
          value,
          label: t(`desk.role.${value}`),
          hint: t(`people.roleHint.${value}`),
        }))}
        onChange={(role) => set({ role, hubId: null })}
      />
      {own === 'coordinator' && draft.role !== 'coordinator' && (
        <HubField value={draft.hubId ?? ''} onChange={(hubId) => set({ hubId })} error={faultOf('/hubId')} />
      )}
      {writes(draft) && <Languages draft={draft} set={set} />}
      {draft.role !== 'coordinator' && (
        <CheckField
          label={t('people.cleared')}
          hint={t('people.clearedHint')}
          checked={draft.cleared}
          onChange={(cleared) => set({ cleared })}
        />
      )}
      <Choices
        label={t('people.invite.locale')}
        value={draft.locale}
        options={(['fr', 'ar'] as const).map((value) => ({ value, label: t(`desk.language.own.${value}`) }))}
        onChange={(locale) => set({ locale })}
      />
    </Dialog>
  );
}

interface PartProps {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
}

function Person({ draft, set, faultOf }: PartProps & { faultOf: (pointer: string) => string | null }) {
  return (
    <>
      <Field label={t('people.column.name')} error={faultOf('/name')}>
        {(control) => (
          <input
            {...control}
            className="inp said"
            dir="auto"
            maxLength={200}
            autoComplete="off"
            data-autofocus
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('desk.signin.email')} hint={t('people.invite.emailHint')} error={faultOf('/email')}>
        {(control) => (
          <input
            {...control}
            className="inp"
            dir="ltr"
            type="email"
            maxLength={254}
            autoComplete="off"
            value={draft.email}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

interface HubFieldProps {
  value: string;
  onChange: (hubId: string | null) => void;
  error: string | null;
}

function HubField({ value, onChange, error }: HubFieldProps) {
  const { data } = useQuery(hubsQuery);
  return (
    <Field label={t('people.column.hub')} error={error}>
      {(control) => (
        <select {...control} className="inp" value={value} onChange={(event) => onChange(event.target.value || null)}>
          <option value="">{t('desk.common.choose')}</option>
          {data?.items.map((hub) => (
            <option key={hub.id} value={hub.id}>
              {nameOf(hub)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Languages({ draft, set }: PartProps) {
  const toggle = (language: 'fr' | 'ar', on: boolean) =>
    set({
      languages: (['fr', 'ar'] as const).filter((one) => (one === language ? on : draft.languages.includes(one))),
    });
  return (
    <fieldset className="field people-set">
      <legend className="lab">{t('people.invite.languages')}</legend>
      {(['fr', 'ar'] as const).map((language) => (
        <CheckField
          key={language}
          label={t(`desk.language.own.${language}`)}
          checked={draft.languages.includes(language)}
          onChange={(on) => toggle(language, on)}
        />
      ))}
      <span className="hint">{t('people.invite.languagesHint')}</span>
    </fieldset>
  );
}
