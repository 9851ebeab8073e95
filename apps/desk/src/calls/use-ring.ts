import { useEffect, useState } from 'react';
import { t } from '@app/ui/i18n';

const LOCK = 'sanad.ring';
const CHANNEL = 'sanad.calls';
const BEAT_MS = 2_400;
const TONES = [440, 520] as const;
const TONE_SECONDS = 0.4;
const FLASH_MS = 1_000;

let sound: AudioContext | null = null;

/** Browsers are silent until somebody has pressed something on the page. */
function soundOf(): AudioContext | null {
  if (typeof AudioContext === 'undefined') return null;
  sound ??= new AudioContext();
  return sound;
}

function ringOnce(context: AudioContext): void {
  TONES.forEach((tone, at) => {
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    const start = context.currentTime + at * TONE_SECONDS;
    oscillator.frequency.value = tone;
    volume.gain.setValueAtTime(0.08, start);
    volume.gain.linearRampToValueAtTime(0, start + TONE_SECONDS);
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + TONE_SECONDS);
  });
}

/** Runs `act` in one tab of all that are open; when that one closes, the next goes on. The answer ends it here. */
function inOneTab(act: () => () => void): () => void {
  let stop: (() => void) | null = null;
  let leave: () => void = () => undefined;
  const left = new AbortController();
  const hold = () => {
    if (left.signal.aborted) return Promise.resolve();
    stop = act();
    return new Promise<void>((done) => {
      leave = done;
    });
  };
  if (navigator.locks) {
    void navigator.locks.request(LOCK, { signal: left.signal }, hold).catch(() => undefined);
  } else void hold();
  return () => {
    left.abort();
    stop?.();
    leave();
  };
}

/** Rings in one tab only, and the title of a tab in the background says so. `silent`: the browser waits for a click. */
export function useRing(rings: boolean): { silent: boolean; unlock: () => void } {
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    if (!rings) return;
    const context = soundOf();
    setSilent(context?.state === 'suspended');
    const end = inOneTab(() => {
      const beat = () => {
        if (context?.state === 'running') ringOnce(context);
      };
      beat();
      const timer = setInterval(beat, BEAT_MS);
      return () => clearInterval(timer);
    });
    const before = document.title;
    let on = false;
    const flash = setInterval(() => {
      on = !on && document.hidden;
      document.title = on ? t('calls.ringing') : before;
    }, FLASH_MS);
    return () => {
      end();
      clearInterval(flash);
      document.title = before;
    };
  }, [rings]);
  return {
    silent: silent && rings,
    unlock: () =>
      void soundOf()
        ?.resume()
        .then(() => setSilent(false)),
  };
}

/** Calls that were passed on or taken, told to the other tabs of this person. */
export function usePassed(): { passed: ReadonlySet<string>; pass: (id: string) => void } {
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set());
  const [channel] = useState(() => new BroadcastChannel(CHANNEL));
  useEffect(() => {
    const hear = ({ data }: MessageEvent<string>) => setPassed((now) => new Set([...now, data]));
    channel.addEventListener('message', hear);
    return () => channel.removeEventListener('message', hear);
  }, [channel]);
  return {
    passed,
    pass: (id) => {
      setPassed((now) => new Set([...now, id]));
      channel.postMessage(id);
    },
  };
}
