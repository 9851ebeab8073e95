import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AnswerLanguage } from '@app/domain/language';
import type { Priority } from '@app/domain/sla-policy';
import type { Channel, Confidentiality, Kind } from '@app/domain/ticket';
import type { EscalationLevel } from '@app/features/tickets/ticket-escalation';

/** One of the written questions, with what the right handling is. */
export interface Sample {
  id: string;
  channel: Exclude<Channel, 'portal' | 'api'> | 'web';
  category: string;
  subject: string;
  body: string;
  territory: string;
  priority: Priority;
  follow_up_of: string | null;
  expected: {
    answering_hub: string;
    kind: Kind;
    category: string;
    language: string;
    answer_language: AnswerLanguage;
    urgency: Priority;
    confidentiality: Confidentiality;
    needs_validation: boolean;
    escalate_to: EscalationLevel | null;
    escalation_reason: string | null;
    outcome: 'answer' | 'out_of_scope';
    tags: string[];
  };
}

export function readSamples(dir: string): Sample[] {
  const text = readFileSync(path.join(dir, 'samples.json'), 'utf8');
  return (JSON.parse(text) as { samples: Sample[] }).samples;
}
