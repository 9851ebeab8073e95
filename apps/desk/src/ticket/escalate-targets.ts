import { LEVELS, type Level } from '@app/domain/ticket';

export type Target = Exclude<Level, 'agent'>;

/** The levels above the one that holds the ticket. */
export function targetsOf({ level }: { level: Level }): Target[] {
  return LEVELS.slice(LEVELS.indexOf(level) + 1) as Target[];
}
