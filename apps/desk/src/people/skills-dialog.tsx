import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { components } from '@app/contract/openapi';
import { api, call, ifMatch, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Dialog } from '../ui/dialog';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import { agentSkillsQuery, skillsQuery, type Person } from './people-queries';
import { useBase, useWrite } from '../forms/use-write';

type Skill = components['schemas']['SkillView'];
const TYPES = ['language', 'domain', 'clearance'] as const;

interface SkillsDialogProps {
  person: Pick<Person, 'accountId' | 'hubId' | 'name'>;
  onClose: () => void;
}

/** Which questions reach a person: the level of each skill, or none. */
export function SkillsDialog({ person, onClose }: SkillsDialogProps) {
  const hubId = person.hubId ?? '';
  const { skills, agent, isRead, failed } = useHeld(person);
  const [chosen, setChosen] = useState<Record<string, number>>({});
  const write = useWrite(['people', 'agent-skills']);
  const { busy, problem, run } = write;
  const base = useBase(write, agent?.version);
  const levelOf = (code: string) => chosen[code] ?? agent?.skills.find((one) => one.skill === code)?.level ?? 0;
  const save = async () => {
    const wanted = skills.map(({ code }) => ({ skill: code, level: levelOf(code) })).filter((one) => one.level > 0);
    const done = await run(async () => {
      await call(
        api.PUT('/api/v1/hubs/{id}/agents/{accountId}/skills', {
          params: {
            path: { id: hubId, accountId: person.accountId },
            header: { 'If-Match': ifMatch(base) },
          },
          body: { skills: wanted },
        }),
      );
    });
    if (!done) return;
    toast({ text: t('people.changed', { name: person.name }) });
    onClose();
  };
  return (
    <Dialog
      title={t('people.skills.title', { name: person.name })}
      onClose={onClose}
      confirm={t('people.save')}
      onConfirm={() => void save()}
      busy={busy}
      disabled={!isRead || Object.keys(chosen).length === 0}
      problem={problem ?? (failed ? problemText(failed) : null)}
      wide
    >
      <p className="mut">{t('people.skills.lead')}</p>
      {TYPES.map((type) => (
        <SkillGroup
          key={type}
          type={type}
          skills={skills.filter((one) => one.type === type)}
          levelOf={levelOf}
          onChange={(code, level) => setChosen({ ...chosen, [code]: level })}
        />
      ))}
    </Dialog>
  );
}

/** All skills, and those of the person with the version in which they were read. */
function useHeld({ accountId, hubId }: SkillsDialogProps['person']) {
  const known = useQuery(skillsQuery);
  const held = useQuery({ ...agentSkillsQuery(hubId ?? ''), enabled: hubId !== null });
  const agent = held.data?.items.find((one) => one.accountId === accountId);
  return {
    skills: known.data?.items ?? [],
    agent,
    isRead: agent !== undefined && known.isSuccess,
    failed: known.error ?? held.error,
  };
}

interface SkillGroupProps {
  type: (typeof TYPES)[number];
  skills: readonly Skill[];
  levelOf: (code: string) => number;
  onChange: (code: string, level: number) => void;
}

function SkillGroup({ type, skills, levelOf, onChange }: SkillGroupProps) {
  const id = useId();
  if (skills.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="people-group">
        {t(`people.skillType.${type}`)}
      </h3>
      <ul className="people-levels">
        {skills.map((skill) => (
          <li key={skill.code}>
            <label htmlFor={`${id}-${skill.code}`}>{nameOf(skill)}</label>
            <select
              id={`${id}-${skill.code}`}
              className="inp"
              value={levelOf(skill.code)}
              onChange={(event) => onChange(skill.code, Number(event.target.value))}
            >
              <option value={0}>{t('people.skills.noLevel')}</option>
              {skill.levels.map((level) => (
                <option key={level} value={level}>
                  {t('people.skills.level', { level })}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </section>
  );
}
