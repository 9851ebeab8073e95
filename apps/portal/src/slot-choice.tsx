import { useState } from 'react';
import { t } from '@app/ui/i18n';
import { loadSlots, slotText, type Door } from './callbacks';
import { Option } from './fields';
import { useLoad } from './load';
import { Failed, Waiting } from './states';

const FIRST = 3;

interface SlotChoiceProps {
  door: Door;
  value: string;
  set(at: string): void;
}

/** When the hub calls, as far as it has people; the first ones stand in sight. */
export function SlotChoice({ door, value, set }: SlotChoiceProps) {
  const [all, setAll] = useState(false);
  const { data: slots, problem, reload } = useLoad(`slots ${door.placeCode}`, () => loadSlots(door));
  if (!slots) return problem ? <Failed problem={problem} retry={reload} /> : <Waiting />;
  if (slots.length === 0) return <p className="box warn">{t('portal.callback.noSlot')}</p>;
  return (
    <fieldset>
      <legend className="lab">{t('portal.callback.when')}</legend>
      <div className="opts">
        <Option name="slot" checked={value === ''} choose={() => set('')}>
          <span className="grow">
            {t('portal.callback.soonest')}
            <span className="mut sm block">{slotText(slots[0])}</span>
          </span>
        </Option>
        {(all ? slots : slots.slice(0, FIRST)).map((one) => (
          <Option key={one.from} name="slot" checked={value === one.from} choose={() => set(one.from)}>
            <span className="grow">
              {slotText(one)}
              <span className="mut sm block">{t('portal.callback.places', { n: one.free })}</span>
            </span>
          </Option>
        ))}
      </div>
      {!all && slots.length > FIRST && (
        <button type="button" className="big q" onClick={() => setAll(true)}>
          {t('portal.callback.other')}
        </button>
      )}
    </fieldset>
  );
}
