import { createStore } from '../data/store';

/** `lost`: the server no longer knows the session. What is on the screen stays, a dialog asks to sign in again. */
export const session = createStore<'kept' | 'lost'>('kept');

/** Whoever hears that the session is gone says it here. */
export function sessionLost(): void {
  session.set('lost');
}
