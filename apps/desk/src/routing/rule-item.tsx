import { IconPencil, IconTrash } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { faultAt } from '../rules/fault';
import { FaultLine } from '../rules/fault-line';
import { moved, OrderButtons } from '../rules/order-buttons';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import type { RoutingNames } from './names';
import type { DryRun, RuleDraft } from './routing-queries';
import { RuleForm } from './rule-form';
import type { RuleSet } from './use-rule-set';

interface RuleItemProps {
  rule: RuleDraft;
  at: number;
  names: RoutingNames;
  set: RuleSet;
  open: boolean;
  onOpen: (open: boolean) => void;
  onMoved: (to: number) => void;
}

/** One rule as a sentence; open, as a form. */
export function RuleItem({ rule, at, names, set, open, onOpen, onMoved }: RuleItemProps) {
  const { rules, problem, result } = set;
  const name = t('rules.routing.nth', { n: at + 1 });
  const fault = faultAt(problem, `/rules/${at}`, true);
  const touched = result ? touchedBy(result, at + 1) : null;
  return (
    <li className={open ? 'on rl-rule' : 'rl-rule'}>
      <div className="rl-rule-head">
        <span className="rl-number">{at + 1}</span>
        <RuleSentence rule={rule} names={names} />
        <OrderButtons
          name={name}
          at={at}
          count={rules.length}
          onMove={(to) => {
            set.set(moved(rules, at, to));
            onMoved(to);
          }}
        />
        <Btn
          square
          small
          look="quiet"
          aria-expanded={open}
          aria-label={t('rules.routing.edit', { name })}
          onClick={() => onOpen(!open)}
        >
          <Icon of={IconPencil} size={16} />
        </Btn>
        <Btn
          square
          small
          look="quiet"
          aria-label={t('rules.routing.remove', { name })}
          onClick={() => {
            onOpen(false);
            set.set(rules.filter((_, i) => i !== at));
          }}
        >
          <Icon of={IconTrash} size={16} />
        </Btn>
      </div>
      {touched !== null && touched > 0 && <p className="rl-touched">{t('rules.routing.touched', { n: touched })}</p>}
      {!open && <FaultLine text={fault} />}
      {open && (
        <RuleForm
          rule={rule}
          pointer={`/rules/${at}`}
          problem={problem}
          names={names}
          onChange={(next) => set.set(rules.map((one, i) => (i === at ? next : one)))}
        />
      )}
    </li>
  );
}

/** Tickets of the last month that this rule would have taken from another. */
function touchedBy({ groups }: DryRun, position: number): number {
  return groups.reduce((sum, { after, tickets }) => sum + (after?.position === position ? tickets : 0), 0);
}

export function RuleSentence({ rule, names }: { rule: RuleDraft; names: RoutingNames }) {
  const { requiredSkills, queueCode, reasonFr, reasonAr } = rule;
  return (
    <div className="grow">
      <span className="b u">{names.when(rule)}</span>
      <span className="sm u">
        {t('rules.routing.into')} <bdi className="b">{names.queueName(queueCode)}</bdi>
        {requiredSkills.length > 0 && (
          <>
            {' · '}
            {t('rules.routing.needs')} {requiredSkills.map(names.skillText).join(t('rules.comma'))}
          </>
        )}
      </span>
      {(reasonFr || reasonAr) && (
        <span className="mut sm u">
          <bdi>{nameOf({ nameFr: reasonFr, nameAr: reasonAr })}</bdi>
        </span>
      )}
    </div>
  );
}
