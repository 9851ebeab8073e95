import { t } from '@app/ui/i18n';
import { useStore } from '../data/store';
import { Dialog } from '../ui/dialog';
import { commands, lettersOff, switchLetters, type Command } from './commands';
import { Keys } from './keys';
import { wordsOf } from './palette';

const GROUPS = ['list', 'ticket', 'write', 'go', 'app'] as const;

/** The keys that work here and now, from the same registry that runs them. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const all = useStore(commands);
  const off = useStore(lettersOff);
  const keyed = [...new Map(all.filter((one) => one.key).map((one) => [one.id, one])).values()];
  return (
    <Dialog title={t('desk.keys.title')} onClose={onClose} wide>
      <label className="row">
        <input
          type="checkbox"
          className="cb"
          checked={!off}
          onChange={(event) => switchLetters(!event.currentTarget.checked)}
        />
        {t('desk.keys.letters')}
      </label>
      <div className="key-groups">
        {GROUPS.map((group) => (
          <KeyGroup key={group} group={group} of={keyed.filter((one) => one.group === group)} />
        ))}
      </div>
    </Dialog>
  );
}

function KeyGroup({ group, of }: { group: string; of: readonly Command[] }) {
  if (of.length === 0) return null;
  return (
    <section>
      <h3 className="mut xs b">{t(`desk.palette.group.${group}`)}</h3>
      <dl className="key-list">
        {of.map((command) => (
          <div key={command.id} className="row">
            <dt className="grow">{wordsOf(command)}</dt>
            <dd>
              <Keys of={command.key!} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
