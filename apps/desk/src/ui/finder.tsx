import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Field } from './field';

interface FinderProps<T> {
  label: string;
  hint?: string;
  /** What was typed; the caller searches with it. */
  words: string;
  onWords: (words: string) => void;
  found: readonly T[];
  rowKey: (one: T) => string;
  row: (one: T) => ReactNode;
  onPick: (one: T) => void;
  /** Said while nothing fits what was typed. */
  none: string | null;
}

/** One of many, found by words: arrow keys move, Enter takes, Escape closes the list. */
export function Finder<T>({ label, hint, words, onWords, found, rowKey, row, onPick, none }: FinderProps<T>) {
  const id = useId();
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const shown = open ? found : [];
  const current = Math.min(at, shown.length - 1);
  const take = (one: T | undefined) => {
    if (one === undefined) return;
    setOpen(false);
    onPick(one);
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && shown.length > 0) {
      event.preventDefault();
      setAt((current + step + shown.length) % shown.length);
    }
    if (event.key === 'Enter' && shown.length > 0) {
      event.preventDefault();
      take(shown[current]);
    }
    if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    <div className="finder">
      <Field label={label} hint={hint}>
        {(control) => (
          <input
            {...control}
            className="inp said"
            type="search"
            role="combobox"
            autoComplete="off"
            maxLength={200}
            aria-expanded={shown.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={shown.length > 0 ? `${id}-${current}` : undefined}
            value={words}
            onChange={(event) => {
              onWords(event.currentTarget.value);
              setAt(0);
              setOpen(true);
            }}
            onKeyDown={press}
            onBlur={() => setOpen(false)}
          />
        )}
      </Field>
      <div id={`${id}-list`} role="listbox" aria-label={label} className={shown.length > 0 ? 'finder-list' : 'sr'}>
        {shown.map((one, index) => (
          <div
            key={rowKey(one)}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            className={index === current ? 'pal on' : 'pal'}
            // The field keeps the focus, so that the list does not close under the pointer.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(one)}
          >
            {row(one)}
          </div>
        ))}
      </div>
      <span role="status" className="mut sm">
        {open && none}
      </span>
    </div>
  );
}
