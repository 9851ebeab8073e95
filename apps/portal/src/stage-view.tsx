import { t } from '@app/ui/i18n';
import { STAGES, statusWord, toneOf } from './stages';

export function StatusTag({ status }: { status: string }) {
  return <span className={`tag ${toneOf(status)}`}>{t(statusWord(status))}</span>;
}

/** Four points on a line; the words stand beside it. */
export function StepsLine({ stage }: { stage: number }) {
  return (
    <span className="steps4" aria-hidden="true">
      {STAGES.map((name, at) => [
        at > 0 && <u key={`${name}-line`} className={at <= stage ? 'd' : ''} />,
        <i key={name} className={at <= stage ? 'd' : ''} />,
      ])}
    </span>
  );
}
