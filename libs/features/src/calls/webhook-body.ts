import { fieldsOfJson, fieldsOfPairs, type Fields } from '@app/domain/calls/webhook-fields';
import { hasForbiddenCharacters } from '@app/domain/text';

const MAX_FIELDS = 200;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The fields of a body in whatever form telephone systems send it: JSON, multipart, urlencoded; without a type it is urlencoded, and what
 * begins with a brace is JSON whatever it is called. Null for what cannot be read.
 */
export async function readFields(body: Buffer, contentType: string): Promise<Fields | null> {
  const type = contentType.split(';')[0].trim().toLowerCase();
  try {
    const fields = type === 'multipart/form-data' ? await multipart(body, contentType) : plain(utf8.decode(body), type);
    return fields && fields.size > 0 && fields.size <= MAX_FIELDS ? withoutNul(fields) : null;
  } catch {
    return null;
  }
}

function plain(text: string, type: string): Fields | null {
  const json = type.endsWith('json') || text.trimStart().startsWith('{');
  return json ? fieldsOfJson(JSON.parse(text)) : fieldsOfPairs(new URLSearchParams(text));
}

/** Read by the platform; files are no fields. */
async function multipart(body: Buffer, contentType: string): Promise<Fields> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  const pairs: [string, string][] = [];
  form.forEach((value, name) => {
    if (typeof value === 'string') pairs.push([name, value]);
  });
  return fieldsOfPairs(pairs);
}

/** Texts that the database cannot keep say nothing. */
function withoutNul(fields: Fields): Fields | null {
  const texts = [...fields].flatMap(([name, values]) => [name, ...values]);
  return texts.some((text) => hasForbiddenCharacters(text) || text.length > 2_000) ? null : fields;
}
