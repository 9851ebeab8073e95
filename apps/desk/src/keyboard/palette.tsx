import { Modal } from '@mantine/core';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { fold } from '@app/domain/folding';
import { t } from '@app/ui/i18n';
import { useStore } from '../data/store';
import { commands, type Command } from './commands';
import { Keys } from './keys';
import { useFound } from './use-found';

const MOST = 12;

export const wordsOf = (command: Command): string => command.label ?? t(`desk.command.${command.id}`);

/** Every command, and tickets or associations by what is typed. No animation: it must not be waited for. */
export function Palette({ onClose }: { onClose: () => void }) {
  const all = useStore(commands);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = useFound(typed);
  const shown = useMemo(() => [...found, ...matching(all, typed)].slice(0, MOST), [all, found, typed]);
  const current = Math.min(at, shown.length - 1);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((current + step + shown.length) % Math.max(1, shown.length));
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(shown[current]);
    }
  };
  return (
    <Modal opened onClose={onClose} withCloseButton={false} size={620} padding={0} yOffset="12dvh" centered={false}>
      <input
        className="pal-in said"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={shown.length > 0 ? `palette-${current}` : undefined}
        aria-label={t('desk.palette.label')}
        placeholder={t('desk.palette.placeholder')}
        value={typed}
        data-autofocus
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div className="pal-list" id="palette-list" role="listbox" aria-label={t('desk.palette.label')}>
        {shown.map((command, index) => (
          <div
            key={`${command.id}${index}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === current}
            className={index === current ? 'pal on' : 'pal'}
            onClick={() => run(command)}
          >
            <span className="grow ell">{wordsOf(command)}</span>
            <span className="mut xs">{t(`desk.palette.group.${command.group}`)}</span>
            {command.key && <Keys of={command.key} />}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="pal-none mut">{t('desk.palette.none')}</p>}
    </Modal>
  );
}

/** The newest of two commands with one id is the one in force. */
function matching(all: readonly Command[], typed: string): Command[] {
  const latest = new Map(all.map((command) => [command.id, command]));
  const wanted = fold(typed).split(' ').filter(Boolean);
  return [...latest.values()].reverse().filter((command) => {
    if (command.quiet) return false;
    const words = fold(wordsOf(command));
    return wanted.every((word) => words.includes(word));
  });
}
