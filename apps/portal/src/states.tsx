import type { ReactNode } from 'react';
import { problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { Icon } from './icon';

/** While something loads: said after a moment only. */
export function Waiting() {
  return (
    <p className="waiting" role="status">
      {t('portal.waiting')}
    </p>
  );
}

interface FailedProps {
  problem: unknown;
  retry(): unknown;
  children?: ReactNode;
}

/** What happened, what is kept, and the button that tries again. */
export function Failed({ problem, retry, children }: FailedProps) {
  return (
    <div className="box warn" role="alert">
      <Icon name="warn" />
      <div className="grow">
        <p>{problemText(problem)}</p>
        {children}
        <button type="button" className="big s" onClick={() => void retry()}>
          <Icon name="again" size={20} />
          {t('portal.retry')}
        </button>
      </div>
    </div>
  );
}

/** A refusal under the thing that was refused. */
export function Refused({ problem }: { problem: unknown }) {
  if (!problem) return null;
  return (
    <p className="refused" role="alert">
      <Icon name="warn" size={20} />
      <span>{typeof problem === 'string' ? problem : problemText(problem)}</span>
    </p>
  );
}
