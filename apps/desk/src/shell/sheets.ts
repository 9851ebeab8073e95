import { createStore } from '../data/store';

/** Which sheet lies over the desk: the palette or the list of keys. */
export const sheets = createStore<'palette' | 'help' | null>(null);
