import type { components } from '@app/contract/openapi';
import { ApiProblem, problemFrom } from '@app/ui/api';
import { createStore } from '../data/store';

export type Upload = components['schemas']['UploadView'];

export interface UploadState {
  key: string;
  name: string;
  size: number;
  /** Null while it is on its way. */
  done: Upload | null;
  problem: unknown;
}

/** Files handed in for a message that is being written, by ticket and kind. */
export const uploads = createStore<ReadonlyMap<string, readonly UploadState[]>>(new Map());
let counter = 0;

function change(at: string, next: (now: readonly UploadState[]) => readonly UploadState[]): void {
  uploads.set((all) => new Map(all).set(at, next(all.get(at) ?? [])));
}

export function dropUpload(at: string, key: string): void {
  change(at, (now) => now.filter((one) => one.key !== key));
}

export function clearUploads(at: string): void {
  change(at, () => []);
}

/** What left with a message that can still be taken back, by the id of the message. */
const parked = new Map<string, { at: string; files: readonly UploadState[] }>();

/** The files have gone with the message; they come back with it when it is taken back. */
export function parkUploads(at: string, message: string): void {
  const files = uploads.get().get(at) ?? [];
  if (files.length > 0) parked.set(message, { at, files });
  clearUploads(at);
}

export function unparkUploads(message: string): void {
  const found = parked.get(message);
  parked.delete(message);
  if (found) change(found.at, (now) => [...found.files, ...now]);
}

/** One request for each file; a refused one says why and stands in nobody's way. */
export function addFiles(at: string, files: Iterable<File>): void {
  for (const file of files) {
    const key = `upload-${++counter}`;
    change(at, (now) => [...now, { key, name: file.name, size: file.size, done: null, problem: null }]);
    const put = (part: Partial<UploadState>) =>
      change(at, (now) => now.map((one) => (one.key === key ? { ...one, ...part } : one)));
    handIn(file).then(
      (done) => put({ done }),
      (problem: unknown) => put({ problem }),
    );
  }
}

async function handIn(file: File): Promise<Upload> {
  const body = new FormData();
  body.append('file', file);
  const answer = await fetch('/api/v1/uploads', { method: 'POST', body, credentials: 'same-origin' }).catch(() => {
    throw new ApiProblem('network', 0);
  });
  const json: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw problemFrom(json, answer.status);
  return json as Upload;
}
