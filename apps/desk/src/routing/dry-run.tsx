import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconHistory } from '@tabler/icons-react';
import { problemText } from '@app/ui/api';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { categoriesQuery } from '../data/queries';
import { Figure } from '../rules/figure';
import { Btn } from '../ui/button';
import { DataTable } from '../ui/data-table';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { Reference } from '../ui/reference';
import type { RoutingNames } from './names';
import type { DryRun } from './routing-queries';
import type { RuleSet } from './use-rule-set';

interface DryRunPaneProps {
  set: RuleSet;
  names: RoutingNames;
  version: number;
}

/** The draft on the tickets of last month, then publish or give up. */
export function DryRunPane({ set, names, version }: DryRunPaneProps) {
  const { changed, dryRun, publish, result, problem } = set;
  return (
    <section className="card rl-card" aria-labelledby="dry-run-head">
      <h2 id="dry-run-head">
        <Icon of={IconHistory} size={17} />
        {t('rules.dryRun.title')}
      </h2>
      <div className="stacked">
        {!result && <p className="mut sm">{t(changed ? 'rules.dryRun.ask' : 'rules.publish.nothing')}</p>}
        {result && <Result result={result} names={names} />}
        {problem ? (
          <p className="alert warn" role="alert">
            {problemText(problem)}
          </p>
        ) : null}
        {set.overtaken && <Btn onClick={set.rebase}>{t('rules.publish.rebase', { n: version })}</Btn>}
        <div className="rl-foot">
          <Btn
            look={result ? 'plain' : 'primary'}
            busy={dryRun.isPending}
            disabled={!changed}
            onClick={() => dryRun.mutate()}
          >
            {t('rules.dryRun.run')}
          </Btn>
          <Btn look="primary" busy={publish.isPending} disabled={!result || !changed} onClick={() => publish.mutate()}>
            {t('rules.publish.publish', { n: version + 1 })}
          </Btn>
          <Btn disabled={!changed} onClick={set.giveUp}>
            {t('rules.publish.giveUp')}
          </Btn>
        </div>
      </div>
    </section>
  );
}

function Result({ result, names }: { result: DryRun; names: RoutingNames }) {
  const { tickets, touched, items, from, to } = result;
  const list = items?.length ? '#dry-run-tickets' : '#dry-run-groups';
  return (
    <div className="stacked" role="status">
      <p className="mut sm">
        {t('rules.dryRun.period')} <DateTime at={from} /> {t('rules.dryRun.until')} <DateTime at={to} />
      </p>
      <div className="rl-figures">
        <Figure value={touched} text={t('rules.dryRun.touched', { n: touched })} href={list} warn={touched > 0} />
        <Figure value={tickets} text={t('rules.dryRun.tickets', { n: tickets })} />
      </div>
      <Groups result={result} names={names} />
      {items && items.length > 0 && <Tickets result={result} names={names} />}
    </div>
  );
}

type Outcome = DryRun['groups'][number]['before'];

function OutcomeText({ of, names }: { of: Outcome; names: RoutingNames }) {
  if (!of) return <span className="mut">{t('rules.dryRun.nowhere')}</span>;
  return (
    <>
      <bdi>{names.queueName(of.queueCode)}</bdi>
      <span className="mut xs u">{t('rules.routing.nth', { n: of.position })}</span>
    </>
  );
}

function useCategoryName(): (code: string) => string {
  const { data } = useQuery(categoriesQuery);
  const all = data?.items.flatMap((theme) => theme.categories) ?? [];
  return (code) => {
    const found = all.find((one) => one.code === code);
    return found ? nameOf(found) : code;
  };
}

function Groups({ result, names }: { result: DryRun; names: RoutingNames }) {
  const categoryName = useCategoryName();
  return (
    <div id="dry-run-groups">
      <DataTable
        caption={t('rules.dryRun.groups')}
        rows={result.groups}
        rowKey={(one) => [one.categoryCode, one.channel, one.language, one.priority, one.confidentiality].join()}
        empty={null}
        columns={[
          {
            key: 'what',
            head: t('rules.field.category'),
            cell: (one) => (
              <>
                <bdi>{categoryName(one.categoryCode)}</bdi>
                <span className="mut xs u">
                  {[
                    t(`desk.channel.${one.channel}`),
                    t(`rules.language.${one.language}`),
                    t(`desk.priority.${one.priority}`),
                  ].join(t('rules.comma'))}
                </span>
              </>
            ),
          },
          {
            key: 'before',
            head: t('rules.impact.before'),
            cell: (one) => <OutcomeText of={one.before} names={names} />,
          },
          { key: 'after', head: t('rules.impact.after'), cell: (one) => <OutcomeText of={one.after} names={names} /> },
          { key: 'n', head: t('rules.dryRun.count'), numeric: true, cell: (one) => one.tickets },
        ]}
      />
    </div>
  );
}

function Tickets({ result, names }: { result: DryRun; names: RoutingNames }) {
  const categoryName = useCategoryName();
  return (
    <div id="dry-run-tickets">
      <DataTable
        caption={t('rules.dryRun.list')}
        rows={result.items ?? []}
        rowKey={(one) => one.id}
        empty={null}
        columns={[
          {
            key: 'ticket',
            head: t('rules.impact.ticket'),
            cell: (one) => (
              <>
                <Link to="/t/$ticket" params={{ ticket: one.reference }}>
                  <Reference of={one.reference} className="nw" />
                </Link>
                <span className="mut xs u">
                  <bdi>{categoryName(one.categoryCode)}</bdi>
                </span>
              </>
            ),
          },
          {
            key: 'before',
            head: t('rules.impact.before'),
            cell: (one) => <OutcomeText of={one.before} names={names} />,
          },
          { key: 'after', head: t('rules.impact.after'), cell: (one) => <OutcomeText of={one.after} names={names} /> },
        ]}
      />
    </div>
  );
}
