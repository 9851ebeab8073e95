import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconBellRinging } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { api, call, problemText } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import type { components } from '@app/contract/openapi';
import { offersQuery, workQuery } from '../data/queries';
import { useCommands } from '../keyboard/commands';
import { Btn } from '../ui/button';
import { Reference } from '../ui/reference';
import { Icon } from '../ui/icon';
import { toast } from '../ui/toast-store';

type Offer = components['schemas']['OfferView'];
const SECOND_MS = 1_000;

/** Work that is offered now: above everything, never over the composer's buttons. */
export function OfferCards() {
  const { data } = useQuery(offersQuery);
  const now = useSeconds((data?.items.length ?? 0) > 0);
  // A call that is offered rings in the call panel.
  const standing = (data?.items ?? []).filter(
    (offer) => Date.parse(offer.expiresAt) > now && !(offer.kind === 'call' && offer.subjectId),
  );
  return (
    <div className="offers" role="region" aria-label={t('desk.offer.label')} aria-live="assertive">
      {standing.map((offer, at) => (
        <OfferCard key={offer.id} offer={offer} left={Date.parse(offer.expiresAt) - now} first={at === 0} />
      ))}
    </div>
  );
}

function useSeconds(runs: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!runs) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [runs]);
  return now;
}

function OfferCard({ offer, left, first }: { offer: Offer; left: number; first: boolean }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const settle = () => {
    for (const key of ['offers', 'work', 'presence']) void client.invalidateQueries({ queryKey: [key] });
  };
  const params = { path: { id: offer.id } };
  const accept = useMutation({
    mutationFn: () => call(api.POST('/api/v1/offers/{id}/accept', { params })),
    onSuccess: (work) => {
      client.setQueryData(workQuery.queryKey, work);
      if (offer.kind === 'callback' && offer.subjectId)
        void navigate({ to: '/callbacks', search: { open: offer.subjectId } });
      else if (offer.reference) void navigate({ to: '/t/$ticket', params: { ticket: offer.reference } });
    },
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
    onSettled: settle,
  });
  const decline = useMutation({
    mutationFn: () => call(api.POST('/api/v1/offers/{id}/decline', { params })),
    onError: (problem) => toast({ text: problemText(problem), bad: true }),
    onSettled: settle,
  });
  useCommands(
    first
      ? [
          { id: 'offer.accept', key: 'mod+Enter', group: 'ticket', run: () => accept.mutate() },
          { id: 'offer.decline', group: 'ticket', run: () => decline.mutate() },
        ]
      : [],
  );
  const busy = accept.isPending || decline.isPending;
  return (
    <div className="offer">
      <div className="row">
        <Icon of={IconBellRinging} size={20} />
        <b className="grow">{t(`desk.offer.kind.${offer.kind}`)}</b>
        <Bidi className="b">{t('desk.offer.seconds', { n: Math.ceil(left / SECOND_MS) })}</Bidi>
      </div>
      <p className="sm">
        {offer.reference && <Reference of={offer.reference} className="b" />} {t(`desk.priority.${offer.priority}`)}
        {offer.language && ` · ${t(`desk.lang.${offer.language}`)}`}
      </p>
      <div className="row">
        <Btn look="primary" busy={busy} onClick={() => accept.mutate()}>
          {t('desk.offer.accept')}
        </Btn>
        <Btn busy={busy} onClick={() => decline.mutate()}>
          {t('desk.offer.decline')}
        </Btn>
      </div>
    </div>
  );
}
