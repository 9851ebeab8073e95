import { useState } from 'react';
import { api, call, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useMe } from '../session/me';
import { Dialog } from '../ui/dialog';
import { Choices } from '../ui/field';
import { toast } from '../ui/toast-store';
import { CheckField } from '../forms/check-field';
import type { Person, StaffRole } from './people-queries';
import { useBase, useWrite } from '../forms/use-write';

const HUB_ROLES: readonly StaffRole[] = ['agent', 'expert', 'supervisor'];

const LAST = { status_not_allowed: 'people.lastOne' };

/** Role and clearance; open sessions with the old ones end. */
export function ChangeDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { role: own } = useMe();
  const [role, setRole] = useState(person.role);
  const [cleared, setCleared] = useState(person.cleared);
  const write = useWrite(['people', 'colleagues'], ['/role'], LAST);
  const { busy, problem, faultOf, run } = write;
  const base = useBase(write, person.version);
  const same = role === person.role && cleared === person.cleared;
  const save = async () => {
    const done = await run(async () => {
      await call(
        api.PATCH('/api/v1/accounts/{id}', {
          params: { path: { id: person.accountId }, header: { 'If-Match': ifMatch(base) } },
          body: { role, cleared },
        }),
      );
    });
    if (!done) return;
    toast({ text: t('people.changed', { name: person.name }) });
    onClose();
  };
  return (
    <Dialog
      title={t('people.change.title', { name: person.name })}
      onClose={onClose}
      confirm={t('people.save')}
      onConfirm={() => void save()}
      busy={busy}
      disabled={same}
      problem={problem ?? faultOf('/role')}
    >
      {own === 'supervisor' && (
        <Choices
          label={t('people.column.role')}
          value={role}
          options={HUB_ROLES.map((value) => ({
            value,
            label: t(`desk.role.${value}`),
            hint: t(`people.roleHint.${value}`),
          }))}
          onChange={setRole}
        />
      )}
      <CheckField label={t('people.cleared')} hint={t('people.clearedHint')} checked={cleared} onChange={setCleared} />
      {!same && <p className="alert">{t('people.change.signsOut')}</p>}
    </Dialog>
  );
}
