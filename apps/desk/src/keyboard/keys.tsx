import { t } from '@app/ui/i18n';

const MAC = /mac/i.test(navigator.userAgent);

/** A key press as drawn on a keyboard: `mod+k` becomes Ctrl K, or ⌘ K. */
export function Keys({ of }: { of: string }) {
  const parts = of.split('+').filter(Boolean);
  return (
    <span className="row" style={{ gap: 3 }} dir="ltr">
      {parts.map((part) => (
        <kbd key={part} className="kbd">
          {nameOfKey(part)}
        </kbd>
      ))}
    </span>
  );
}

function nameOfKey(part: string): string {
  if (part === 'mod') return MAC ? '⌘' : 'Ctrl';
  if (part === 'Enter') return t('desk.keys.enter');
  if (part === 'Escape') return t('desk.keys.escape');
  return part.length === 1 ? part.toUpperCase() : part;
}
