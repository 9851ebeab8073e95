import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconMoodSmile, IconScale } from '@tabler/icons-react';
import { UserLine } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import {
  consultationsWaitingQuery,
  validationsWaitingQuery,
  type Consultation,
  type Validation,
} from '../data/queries';
import '../styles/inbox.css';
import '../styles/ticket.css';
import { Empty } from '../ui/empty';
import { nameOf } from '../ui/names';
import { useTitle } from '../ui/page';
import { Reference } from '../ui/reference';
import { When } from '../ui/when';
import { OpinionPane } from './opinion-pane';
import { VerdictPane } from './verdict-pane';

type Item = { id: string; reference: string; subject: string; from: string; at: string } & (
  { kind: 'consultation'; of: Consultation } | { kind: 'validation'; of: Validation }
);

/** What waits for an opinion or a verdict; the most pressing first. */
export function ExpertScreen() {
  useTitle(t('desk.expert.title'));
  const navigate = useNavigate();
  const { item: chosen } = useSearch({ from: '/expert' });
  const consultations = useQuery(consultationsWaitingQuery);
  const validations = useQuery(validationsWaitingQuery);
  const items = itemsOf(consultations.data?.items ?? [], validations.data?.items ?? []);
  const open = (item: string | undefined) => void navigate({ to: '/expert', search: { item } });
  const current = items.find((one) => one.id === chosen);
  const isEmpty = items.length === 0 && !consultations.isPending;
  return (
    <div className={current ? 'inbox has-ticket' : 'inbox'}>
      <section className="list" aria-label={t('desk.expert.title')}>
        <div className="lh">
          <h1>{t('desk.expert.title')}</h1>
        </div>
        {isEmpty ? (
          <Empty icon={IconMoodSmile} title={t('desk.expert.none')} text={t('desk.expert.noneText')} />
        ) : (
          <ul className="rows">
            {items.map((one) => (
              <li key={one.id}>
                <ItemButton item={one} isOpen={one.id === chosen} onOpen={() => open(one.id)} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <Current item={current} onClose={() => open(undefined)} />
    </div>
  );
}

function Current({ item, onClose }: { item: Item | undefined; onClose: () => void }) {
  if (item?.kind === 'consultation') return <OpinionPane key={item.id} consultation={item.of} onClose={onClose} />;
  if (item?.kind === 'validation') return <VerdictPane key={item.id} validation={item.of} onClose={onClose} />;
  return (
    <main className="conv" id="main" tabIndex={-1}>
      <Empty icon={IconScale} title={t('desk.expert.choose')} text={t('desk.expert.chooseText')} />
    </main>
  );
}

function itemsOf(consultations: readonly Consultation[], validations: readonly Validation[]): Item[] {
  const common = ({ id, reference, subject }: Consultation | Validation) => ({ id, reference, subject });
  const asked = consultations.map((of) => ({
    ...common(of),
    kind: 'consultation' as const,
    of,
    from: nameOf(of.hub),
    at: of.expiresAt,
  }));
  const drafts = validations.map((of) => ({
    ...common(of),
    kind: 'validation' as const,
    of,
    from: of.author.name,
    at: of.requestedAt,
  }));
  return [...drafts, ...asked].sort((a, b) => a.at.localeCompare(b.at));
}

function ItemButton({ item, isOpen, onOpen }: { item: Item; isOpen: boolean; onOpen: () => void }) {
  return (
    <button type="button" className={isOpen ? 'ask on' : 'ask'} aria-current={isOpen || undefined} onClick={onOpen}>
      <span className="row">
        <span className="tagl">{t(`desk.expert.kind.${item.kind}`)}</span>
        <span className="mut xs end">
          {t(item.kind === 'consultation' ? 'desk.expert.before' : 'desk.expert.since')} <When at={item.at} />
        </span>
      </span>
      <UserLine text={item.subject} cut className="b" />
      <span className="mut xs">
        <Reference of={item.reference} /> · <bdi>{item.from}</bdi>
      </span>
    </button>
  );
}
