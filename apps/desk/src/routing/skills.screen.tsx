import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { CATEGORY_SKILL } from '@app/domain/routing-rules';
import { problemText } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { formatNumber } from '@app/ui/numbers';
import { areaPart } from '../area';
import { agentSkillsQuery } from '../people/people-queries';
import { Avatar } from '../ui/avatar';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { HubPage } from './hub-page';
import { useRoutingNames, type RoutingNames } from './names';
import { rulesQuery, type AgentSkills } from './routing-queries';

const SkillsDialog = lazy(() =>
  areaPart('people', () => import('../people/skills-dialog'))().then((found) => ({ default: found.SkillsDialog })),
);

interface Need {
  queueCode: string;
  skill: string;
  level: number;
}

/** What the queues ask for, who of the hub can do it, and at which level. */
export function SkillsScreen() {
  return <HubPage title={t('rules.skills.title')}>{(hubId) => <Skills hubId={hubId} />}</HubPage>;
}

function Skills({ hubId }: { hubId: string }) {
  const agents = useQuery(agentSkillsQuery(hubId));
  const rules = useQuery(rulesQuery(hubId)).data?.rules ?? [];
  const names = useRoutingNames(hubId);
  const [need, setNeed] = useState<Need | null>(null);
  if (agents.error) return <p className="alert warn">{problemText(agents.error)}</p>;
  if (!agents.data) return null;
  const needs = needsOf(rules);
  const meets = (agent: AgentSkills, { skill, level }: Need) =>
    agent.skills.some(
      (one) => (skill === CATEGORY_SKILL ? isDomain(one.skill, names) : one.skill === skill) && one.level >= level,
    );
  const all = agents.data.items;
  const shown = need ? all.filter((one) => meets(one, need)) : all;
  return (
    <>
      <section className="stacked">
        <h2>{t('rules.skills.needs')}</h2>
        <DataTable
          caption={t('rules.skills.needs')}
          rows={needs}
          rowKey={(one) => `${one.queueCode} ${one.skill} ${one.level}`}
          empty={<p className="mut">{t('rules.skills.noNeeds')}</p>}
          columns={[
            {
              key: 'queue',
              head: t('rules.routing.queue'),
              cell: (one) => <bdi>{names.queueName(one.queueCode)}</bdi>,
            },
            { key: 'skill', head: t('rules.routing.skill'), cell: (one) => names.skillText(one) },
            {
              key: 'agents',
              head: t('rules.skills.who'),
              numeric: true,
              cell: (one) => (
                <Btn look="link" aria-pressed={need === one} onClick={() => setNeed(need === one ? null : one)}>
                  {formatNumber(all.filter((agent) => meets(agent, one)).length)}
                </Btn>
              ),
            },
          ]}
        />
      </section>
      <section className="stacked">
        <div className="row wrap">
          <h2>{t('rules.skills.agents')}</h2>
          {need && (
            <Btn small onClick={() => setNeed(null)}>
              {t('rules.skills.showAll', { skill: names.skillText(need) })}
            </Btn>
          )}
        </div>
        <Agents hubId={hubId} agents={shown} names={names} />
      </section>
    </>
  );
}

const isDomain = (code: string, { skills }: RoutingNames): boolean =>
  skills.find((one) => one.code === code)?.type === 'domain';

function needsOf(rules: readonly { queueCode: string; requiredSkills: { skill: string; level: number }[] }[]): Need[] {
  const all = rules.flatMap(({ queueCode, requiredSkills }) => requiredSkills.map((one) => ({ queueCode, ...one })));
  const key = (one: Need) => `${one.queueCode} ${one.skill} ${one.level}`;
  return all.filter((one, at) => all.findIndex((other) => key(other) === key(one)) === at);
}

function Agents({ hubId, agents, names }: { hubId: string; agents: readonly AgentSkills[]; names: RoutingNames }) {
  const [open, setOpen] = useState<AgentSkills | null>(null);
  return (
    <>
      <DataTable
        caption={t('rules.skills.agents')}
        rows={agents}
        rowKey={(one) => one.accountId}
        empty={<p className="mut">{t('rules.skills.nobody')}</p>}
        columns={[
          {
            key: 'who',
            head: t('rules.closure.name'),
            cell: (one) => (
              <div className="row">
                <Avatar id={one.accountId} name={one.name} />
                <UserLine text={one.name} className="b" />
              </div>
            ),
          },
          {
            key: 'skills',
            head: t('rules.routing.skills'),
            cell: (one) => (
              <div className="row wrap">
                {one.skills.map((held) => (
                  <span key={held.skill} className="tagl">
                    {names.skillText(held)}
                  </span>
                ))}
              </div>
            ),
          },
          {
            key: 'change',
            head: t('rules.queues.acts'),
            numeric: true,
            cell: (one) => (
              <Btn small aria-label={t('rules.queues.change', { name: one.name })} onClick={() => setOpen(one)}>
                {t('rules.closure.change')}
              </Btn>
            ),
          },
        ]}
      />
      <Suspense fallback={null}>
        {open && (
          <SkillsDialog person={{ accountId: open.accountId, name: open.name, hubId }} onClose={() => setOpen(null)} />
        )}
      </Suspense>
    </>
  );
}
