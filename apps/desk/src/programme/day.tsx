import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';

const DAY_MS = 86_400_000;

/** A local day; `last`: the day is the first one without effect, and the last one with it is shown. */
export function Day({ of, last = false }: { of: string | null; last?: boolean }) {
  if (of === null) return <span className="mut">{t(last ? 'programme.openEnd' : 'programme.always')}</span>;
  return <DateTime at={Date.parse(`${of}T12:00:00Z`) - (last ? DAY_MS : 0)} />;
}
