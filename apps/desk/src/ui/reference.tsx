import { Bidi } from '@app/ui/bidi';

/** A ticket's reference: one left-to-right run, in every sentence. */
export function Reference({ of, className }: { of: string; className?: string }) {
  return <Bidi className={className}>{of}</Bidi>;
}
