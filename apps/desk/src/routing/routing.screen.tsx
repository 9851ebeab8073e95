import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { faultAt } from '../rules/fault';
import { FaultLine } from '../rules/fault-line';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { DryRunPane } from './dry-run';
import { HubPage } from './hub-page';
import { useRoutingNames } from './names';
import { rulesQuery, type RuleSetView } from './routing-queries';
import { RuleHistory } from './rule-history';
import { RuleItem } from './rule-item';
import { useRuleSet } from './use-rule-set';

/** Where what comes in goes: the first rule that holds decides. */
export function RoutingScreen() {
  return <HubPage title={t('rules.routing.title')}>{(hubId) => <Loaded hubId={hubId} />}</HubPage>;
}

function Loaded({ hubId }: { hubId: string }) {
  const { data, error } = useQuery(rulesQuery(hubId));
  if (error) return <p className="alert warn">{problemText(error)}</p>;
  return data ? <Rules stored={data} /> : null;
}

function Rules({ stored }: { stored: RuleSetView }) {
  const names = useRoutingNames(stored.hubId);
  const set = useRuleSet(stored);
  const [open, setOpen] = useState<number | null>(null);
  const add = () => {
    const at = Math.max(0, set.rules.length - 1);
    const rule = {
      conditions: [],
      queueCode: names.queues[0]?.code ?? '',
      requiredSkills: [],
      reasonFr: '',
      reasonAr: '',
    };
    set.set([...set.rules.slice(0, at), rule, ...set.rules.slice(at)]);
    setOpen(at);
  };
  return (
    <div className="rl-two">
      <div className="stacked rl-main">
        <p className="mut sm">{t('rules.routing.first')}</p>
        <ol className="card rl-list">
          {set.rules.map((rule, at) => (
            <RuleItem
              key={rule.id ?? `new ${at}`}
              {...{ rule, at, names, set }}
              open={open === at}
              onOpen={(isOpen) => setOpen(isOpen ? at : null)}
              onMoved={(to) => setOpen(open === at ? to : null)}
            />
          ))}
        </ol>
        <FaultLine text={faultAt(set.problem, '/rules')} />
        <div>
          <Btn onClick={add}>
            <Icon of={IconPlus} size={15} />
            {t('rules.routing.add')}
          </Btn>
        </div>
        <RuleHistory hubId={stored.hubId} names={names} />
      </div>
      <aside className="stacked rl-side rl-stay">
        <DryRunPane set={set} names={names} version={stored.version} />
      </aside>
    </div>
  );
}
