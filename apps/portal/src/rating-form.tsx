import { useState, type FormEvent } from 'react';
import type { components } from '@app/contract/openapi';
import { t } from '@app/ui/i18n';
import { Icon } from './icon';
import { Refused } from './states';

export type RatingBody = components['schemas']['RatingBody'];
type Rating = components['schemas']['RatingView'];
type Reason = NonNullable<RatingBody['reason']>;

const SCORES = [1, 2, 3, 4, 5] as const;
const GOOD_FROM = 4;
const MISSING: readonly Reason[] = ['slow', 'unclear', 'incomplete', 'wrong', 'unkind', 'other'];
const GOOD: readonly Reason[] = ['clear', 'fast', 'kind', 'other'];

const reasonsFor = (score: number): readonly Reason[] => (score >= GOOD_FROM ? GOOD : MISSING);

interface RatingFormProps {
  /** What was given before, or the star pressed in a mail: nothing is saved before the button. */
  before: Rating | null;
  score?: number;
  save(body: RatingBody): Promise<unknown>;
}

export function RatingForm({ before, score: pressed, save }: RatingFormProps) {
  const [score, setScore] = useState(before?.score ?? pressed ?? 0);
  const [reason, setReason] = useState<Reason | null>(before?.reason ?? null);
  const [comment, setComment] = useState(before?.comment ?? '');
  const [state, setState] = useState<{ sending: boolean; saved: boolean; problem: unknown }>({
    sending: false,
    saved: before !== null,
    problem: null,
  });
  const change = (act: () => void) => {
    act();
    setState({ sending: false, saved: false, problem: null });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state.sending) return;
    if (score === 0) return setState({ sending: false, saved: false, problem: t('portal.rating.choose') });
    setState({ sending: true, saved: false, problem: null });
    try {
      const given = reason && reasonsFor(score).includes(reason) ? reason : undefined;
      await save({ score, reason: given, comment: comment.trim() || undefined });
      setState({ sending: false, saved: true, problem: null });
    } catch (problem) {
      setState({ sending: false, saved: false, problem });
    }
  };
  return (
    <form className="card rating" onSubmit={(event) => void submit(event)}>
      <Stars score={score} choose={(value) => change(() => setScore(value))} />
      {score > 0 && (
        <>
          <Reasons score={score} chosen={reason} choose={(one) => change(() => setReason(one))} />
          <Comment text={comment} set={(text) => change(() => setComment(text))} />
        </>
      )}
      <Refused problem={state.problem} />
      <Saving {...state} />
    </form>
  );
}

function Saving({ sending, saved }: { sending: boolean; saved: boolean }) {
  if (!saved) {
    return (
      <button className="big p" type="submit" aria-disabled={sending}>
        {t(sending ? 'portal.sending' : 'portal.rating.save')}
      </button>
    );
  }
  return (
    <p className="sent-note" role="status">
      <Icon name="check" size={20} />
      {t('portal.rating.saved')}
    </p>
  );
}

function Comment({ text, set }: { text: string; set(text: string): void }) {
  return (
    <div>
      <label className="lab" htmlFor="comment">
        {t('portal.rating.comment')} <span className="mut light">{t('portal.optional')}</span>
      </label>
      <textarea
        id="comment"
        className="area"
        dir="auto"
        rows={2}
        maxLength={2000}
        value={text}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </div>
  );
}

function Stars({ score, choose }: { score: number; choose(score: number): void }) {
  return (
    <fieldset>
      <legend className="sec">{t('portal.rating.question')}</legend>
      <div className="stars">
        {SCORES.map((value) => (
          <label key={value} className={value <= score ? 'on' : ''}>
            <input type="radio" className="sr" name="score" checked={score === value} onChange={() => choose(value)} />
            <Icon name="star" size={28} />
            <span className="sr">{t('portal.rating.star', { n: value })}</span>
          </label>
        ))}
      </div>
      <p className="ends mut sm" aria-hidden="true">
        <span>{t('portal.rating.low')}</span>
        <span>{t('portal.rating.high')}</span>
      </p>
    </fieldset>
  );
}

interface ReasonsProps {
  score: number;
  chosen: Reason | null;
  choose(reason: Reason): void;
}

function Reasons({ score, chosen, choose }: ReasonsProps) {
  return (
    <fieldset>
      <legend className="lab">{t(score >= GOOD_FROM ? 'portal.rating.good' : 'portal.rating.missing')}</legend>
      <div className="pills">
        {reasonsFor(score).map((one) => (
          <label key={one} className={chosen === one ? 'on' : ''}>
            <input type="radio" className="sr" name="reason" checked={chosen === one} onChange={() => choose(one)} />
            {t(`portal.reason.${one}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
