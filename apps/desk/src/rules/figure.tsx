import { Bidi } from '@app/ui/bidi';
import { formatNumber } from '@app/ui/numbers';

interface FigureProps {
  value: number;
  text: string;
  href?: string;
  warn?: boolean;
}

/** A figure with what it counts; it leads to its list where there is one. */
export function Figure({ value, text, href, warn }: FigureProps) {
  const inner = (
    <>
      <Bidi className="rl-big">{formatNumber(value)}</Bidi>
      <span>{text}</span>
    </>
  );
  const className = warn ? 'rl-figure warn' : 'rl-figure';
  return href && value > 0 ? (
    <a className={className} href={href}>
      {inner}
    </a>
  ) : (
    <div className={className}>{inner}</div>
  );
}
