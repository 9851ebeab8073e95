import { fileTypeFromFile } from 'file-type/node';
import { endingOf } from '@app/domain/file-name';
import { Refusal } from '@app/domain/refusal';

/** What may be handed in, by what the bytes say, with the endings that fit. Nothing that runs, nothing that a browser would show as a page. */
const ALLOWED = new Map<string, readonly string[]>([
  ['application/pdf', ['pdf']],
  ['image/jpeg', ['jpg', 'jpeg', 'jpe', 'jfif']],
  ['image/png', ['png']],
  ['image/webp', ['webp']],
  ['image/heic', ['heic', 'heif']],
  ['image/heif', ['heif', 'heic']],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', ['docx']],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ['xlsx']],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', ['pptx']],
  ['application/vnd.oasis.opendocument.text', ['odt']],
  ['application/vnd.oasis.opendocument.spreadsheet', ['ods']],
]);

export const ALLOWED_TYPES = [...ALLOWED.keys()];

/**
 * The type of a file by its bytes, whatever its sender says.
 * @throws Refusal `type_not_allowed`, also when the ending promises another type
 */
export async function sniffedType(path: string, name: string): Promise<string> {
  const type = (await fileTypeFromFile(path))?.mime ?? '';
  const endings = ALLOWED.get(type);
  const ending = endingOf(name);
  if (!endings || (ending !== '' && !endings.includes(ending))) {
    throw new Refusal('type_not_allowed', 'Files of this type are not accepted.');
  }
  return type;
}
