import { useStore } from '../data/store';
import { dropToast, toasts } from './toast-store';

/** Polite sentences at the bottom; an action such as "undo" stays reachable by Tab. */
export function Toasts() {
  const shown = useStore(toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <div key={one.key} className={one.bad ? 'toast bad' : 'toast'}>
          <span className="grow">{one.text}</span>
          {one.action && (
            <button
              type="button"
              className="act"
              onClick={() => {
                dropToast(one.key);
                one.action?.run();
              }}
            >
              {one.action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
