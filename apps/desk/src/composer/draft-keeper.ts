import { del, get, set } from 'idb-keyval';
import { api, ApiProblem, call, ifMatch } from '@app/ui/api';
import { createStore } from '../data/store';
import { markDraft } from './draft-marks';

export type DraftKind = 'reply' | 'note';

export interface DraftState {
  text: string;
  /** Null: the language of the association. */
  language: 'fr' | 'ar' | null;
  /** False until the device has been asked: an empty editor never wipes what is stored. */
  isLoaded: boolean;
  savedAt: number | null;
  /** Where the newest save lies. */
  place: 'device' | 'server' | null;
}

interface Stored {
  text: string;
  language: 'fr' | 'ar' | null;
  at: number;
}

const EMPTY: DraftState = { text: '', language: null, isLoaded: false, savedAt: null, place: null };
const DEVICE_MS = 250;
const SERVER_MS = 1_200;

/**
 * One thing being written: kept on the device first, which works without a line, then on the server. Saves go one after the other, so
 * that a late one never overtakes the sending or the throwing away.
 */
export class DraftKeeper {
  readonly state = createStore<DraftState>(EMPTY);
  private version = 1;
  private chain: Promise<unknown> = Promise.resolve();
  private deviceTimer: ReturnType<typeof setTimeout> | undefined;
  private serverTimer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(
    private readonly account: string,
    readonly ticketId: string,
    readonly kind: DraftKind,
  ) {
    void this.load();
  }

  edit(change: Partial<Pick<DraftState, 'text' | 'language'>>): void {
    this.state.set((now) => ({ ...now, ...change }));
    markDraft(this.ticketId, this.state.get().text.trim() !== '');
    clearTimeout(this.deviceTimer);
    clearTimeout(this.serverTimer);
    this.deviceTimer = setTimeout(() => void this.toDevice(), DEVICE_MS);
    this.serverTimer = setTimeout(() => this.toServer(), SERVER_MS);
  }

  /** The version that a message is sent as: saves under way come first. */
  async settled(): Promise<number> {
    clearTimeout(this.serverTimer);
    await this.chain;
    return this.version;
  }

  /** Sent or thrown away. */
  async clear(onServer: boolean): Promise<void> {
    clearTimeout(this.deviceTimer);
    clearTimeout(this.serverTimer);
    this.state.set({ ...EMPTY, isLoaded: true });
    markDraft(this.ticketId, false);
    await del(this.key).catch(() => undefined);
    if (onServer) this.queue(() => this.removeFromServer());
    else this.queue(() => this.readServer().then(() => undefined));
  }

  /** Writes at once what is pending, for a screen that goes away. */
  flush(): void {
    this.closed = true;
    clearTimeout(this.deviceTimer);
    void this.toDevice();
  }

  private get key(): string {
    return `draft:${this.account}:${this.ticketId}:${this.kind}`;
  }

  private async load(): Promise<void> {
    const stored = await get<Stored>(this.key).catch(() => undefined);
    if (stored?.text && this.state.get().text === '') {
      this.state.set({
        text: stored.text,
        language: stored.language,
        isLoaded: true,
        savedAt: stored.at,
        place: 'device',
      });
    } else this.state.set((now) => ({ ...now, isLoaded: true }));
    markDraft(this.ticketId, this.state.get().text.trim() !== '');
    this.queue(async () => {
      const found = await this.readServer();
      if (!found?.savedAt || Date.parse(found.savedAt) <= (this.state.get().savedAt ?? 0)) return;
      if (this.state.get().text !== '' && this.state.get().place !== 'device') return;
      if (found.text === '') return;
      const language = found.language === 'fr' || found.language === 'ar' ? found.language : null;
      this.state.set((now) => ({
        ...now,
        text: found.text,
        language,
        savedAt: Date.parse(found.savedAt!),
        place: 'server',
      }));
      markDraft(this.ticketId, true);
    });
  }

  private async readServer() {
    const path = { ticket: this.ticketId, kind: this.kind };
    const found = await call(api.GET('/api/v1/tickets/{ticket}/drafts/{kind}', { params: { path } })).catch(() => null);
    if (found) this.version = found.version;
    return found;
  }

  private async toDevice(): Promise<void> {
    const { text, language, isLoaded } = this.state.get();
    if (!isLoaded) return;
    const at = Date.now();
    try {
      if (text === '') await del(this.key);
      else await set(this.key, { text, language, at } satisfies Stored);
      if (!this.closed) this.state.set((now) => (now.text === text ? { ...now, savedAt: at, place: 'device' } : now));
    } catch {
      // A browser without storage: the server keeps it.
    }
  }

  private toServer(): void {
    this.queue(async () => {
      const { text, language } = this.state.get();
      const path = { ticket: this.ticketId, kind: this.kind };
      const save = () =>
        call(
          api.PUT('/api/v1/tickets/{ticket}/drafts/{kind}', {
            params: { path, header: { 'If-Match': ifMatch(this.version) } },
            body: { text, language },
          }),
        );
      // Another window of the same person saved meanwhile: what is typed here is newer.
      const saved = await save().catch(async (problem: unknown) => {
        if (!(problem instanceof ApiProblem) || problem.status !== 412) return null;
        await this.readServer();
        return save().catch(() => null);
      });
      if (!saved) return;
      this.version = saved.version;
      this.state.set((now) =>
        now.text === text ? { ...now, savedAt: Date.parse(saved.savedAt ?? '') || Date.now(), place: 'server' } : now,
      );
    });
  }

  private async removeFromServer(): Promise<void> {
    const params = { path: { ticket: this.ticketId, kind: this.kind }, header: { 'If-Match': ifMatch(this.version) } };
    await call(api.DELETE('/api/v1/tickets/{ticket}/drafts/{kind}', { params })).catch(() => undefined);
    await this.readServer();
  }

  private queue(act: () => Promise<void>): void {
    this.chain = this.chain.then(act, act).catch(() => undefined);
  }
}

const keepers = new Map<string, DraftKeeper>();

/** One keeper for each ticket and kind, also after the screen was left and opened again. */
export function keeperOf(account: string, ticketId: string, kind: DraftKind): DraftKeeper {
  const key = `${account}:${ticketId}:${kind}`;
  const found = keepers.get(key) ?? new DraftKeeper(account, ticketId, kind);
  keepers.set(key, found);
  return found;
}
