import type { components } from '@app/contract/openapi';
import { ApiProblem, problemFrom } from '@app/ui/api';
import type { DraftFile } from './ask-draft';

type Upload = components['schemas']['UploadView'];

/** What a telephone's camera gives is far larger than reading needs, and the network is slow. */
const SHRINK_FROM = 900_000;
const LONGEST_SIDE = 2_000;
const QUALITY = 0.82;
export const MOST_FILES = 10;
export const ACCEPTED = 'image/*,.pdf,.docx,.xlsx,.pptx,.odt,.ods';

/** Hands a file in; as nobody when the question is asked without an account, whatever old session the browser holds. */
export async function upload(file: File, who: 'visitor' | 'session'): Promise<DraftFile> {
  const body = new FormData();
  const small = await shrunk(file);
  body.append('file', small, small.name);
  const response = await fetch('/api/v1/uploads', {
    method: 'POST',
    body,
    credentials: who === 'visitor' ? 'omit' : 'same-origin',
  }).catch(() => {
    throw new ApiProblem('network', 0);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemFrom(answer, response.status);
  const { id, name, size } = answer as Upload;
  return { id, name, bytes: size };
}

/** A large photo made smaller, without where and when it was taken; everything else as it is. */
async function shrunk(file: File): Promise<File> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < SHRINK_FROM) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg' });
  } catch {
    return file; // the server judges it
  }
}

/** True when a file named in a request has meanwhile gone (they wait a day). */
export function filesAreGone(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.errors.some((error) => error.pointer.startsWith('/uploadIds'));
}
