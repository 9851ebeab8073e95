import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '@app/ui/api';
import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { earlierQuery, type Ticket, type TicketSummary } from '../data/queries';
import { Field } from '../ui/field';
import { Reference } from '../ui/reference';
import { fromOf } from '../inbox/ticket-row';

const LEAST = 3;

interface OtherTicketFieldProps {
  ticket: Ticket;
  label: string;
  value: TicketSummary | null;
  onChange: (value: TicketSummary | null) => void;
}

/** Another ticket by reference or words; those of the same association are offered first. */
export function OtherTicketField({ ticket, label, value, onChange }: OtherTicketFieldProps) {
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), 250);
  const associationId = ticket.association?.id ?? null;
  const near = useQuery({ ...earlierQuery(associationId ?? ''), enabled: associationId !== null });
  const found = useQuery({
    queryKey: ['found', asked],
    queryFn: () => call(api.GET('/api/v1/tickets', { params: { query: { q: asked, limit: 6 } } })),
    enabled: asked.length >= LEAST,
  });
  const items = (asked.length >= LEAST ? found.data?.items : near.data?.items) ?? [];
  const shown = items.filter((one) => one.id !== ticket.id).slice(0, 6);
  return (
    <>
      <Field label={label} hint={t('acts.other.hint')}>
        {(control) => (
          <input
            {...control}
            className="inp said"
            type="search"
            value={words}
            onChange={(event) => {
              setWords(event.currentTarget.value);
              onChange(null);
            }}
          />
        )}
      </Field>
      <div className="choices" role="radiogroup" aria-label={label}>
        {shown.map((one) => (
          <label key={one.id} className="choice">
            <input type="radio" name="other-ticket" checked={value?.id === one.id} onChange={() => onChange(one)} />
            <span className="grow">
              <UserLine text={one.subject} cut className="b" />
              <span className="mut xs">
                <Reference of={one.reference} /> · <bdi>{fromOf(one)}</bdi> · {t(`desk.moves.${one.status}`)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </>
  );
}
