import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import { accentProblem, accentScale } from '@app/domain/accent';
import type { Actor } from '@app/domain/access';
import { parsePhone } from '@app/domain/phone';
import { Refusal } from '@app/domain/refusal';
import { isPlainSvg } from '@app/domain/svg';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import type { BrandingView } from './programme-view.dto';

export const LOGO_TYPES = ['image/svg+xml', 'image/png'] as const;
export type LogoType = (typeof LOGO_TYPES)[number];
export const LOGO_BYTES = 20_000;

export interface BrandingInput {
  nameFr: string;
  nameAr: string;
  greetingFr: string | null;
  greetingAr: string | null;
  phone: string | null;
  accent: string;
  /** Base64; null takes it away, left out keeps it. */
  logo?: { mediaType: LogoType; data: string } | null;
}

interface Row {
  id: string;
  code: string;
  nameFr: string;
  nameAr: string;
  phone: string | null;
  branding: {
    accent?: string;
    greetingFr?: string | null;
    greetingAr?: string | null;
    logo?: { mediaType: LogoType; data: string } | null;
  };
  version: number;
}

const COLUMNS = `id, code, name_fr as "nameFr", name_ar as "nameAr", phone, branding, version`;
const DEFAULT_ACCENT = '#3c46ad';
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_END = Buffer.from([0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const MOST_PIXELS = 2_048;

/** What a hub shows of itself: names, colour, picture, greeting, telephone. Public to read. */
@Injectable()
export class BrandingService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  async get(hubId: string): Promise<BrandingView> {
    return viewOf(await this.db.system((tx) => read(tx, hubId)));
  }

  /** @throws Refusal `not_found` without a picture */
  async logo(hubId: string): Promise<{ mediaType: LogoType; content: Buffer }> {
    const { logo } = (await this.db.system((tx) => read(tx, hubId))).branding;
    if (!logo) throw new Refusal('not_found', 'Not found.');
    return { mediaType: logo.mediaType, content: Buffer.from(logo.data, 'base64') };
  }

  async write(actor: Actor, hubId: string, input: BrandingInput, expected: number): Promise<BrandingView> {
    if (actor.role !== 'coordinator' && hubId !== actor.hubId) throw new Refusal('not_found', 'Not found.');
    const phone = checked(input);
    const view = await this.db.run(
      actor,
      async (tx) => {
        const { version, branding } = await read(tx, hubId, 'for update');
        checkVersion(version, expected);
        const { accent, greetingFr, greetingAr } = input;
        const logo = input.logo === undefined ? branding.logo : input.logo;
        const [row] = await tx.sql<Row>(
          `update hub set name_fr = $2, name_ar = $3, phone = $4, branding = branding || $5::jsonb, version = version + 1 where id = $1 returning ${COLUMNS}`,
          [
            hubId,
            input.nameFr,
            input.nameAr,
            phone,
            JSON.stringify({ accent, greetingFr, greetingAr, logo: logo ?? null }),
          ],
        );
        tx.emit({
          type: 'hub.branded',
          hubId,
          entityVersion: row.version,
          data: { from: branding.accent ?? null, to: accent },
        });
        return viewOf(row);
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return view;
  }
}

async function read(tx: TenantTx, hubId: string, lock = ''): Promise<Row> {
  const [row] = await tx.sql<Row>(`select ${COLUMNS} from hub where id = $1 ${lock}`, [hubId]);
  if (!row) throw new Refusal('not_found', 'Not found.');
  return row;
}

/** The telephone as it is kept. */
function checked({ accent, phone, logo }: BrandingInput): string | null {
  const problem = accentProblem(accent);
  if (problem)
    throw Refusal.field('/accent', problem, 'This colour cannot be read on, or would be taken for a warning.');
  if (logo) checkLogo(logo.mediaType, Buffer.from(logo.data, 'base64'));
  const e164 = phone === null ? null : parsePhone(phone);
  if (phone !== null && !e164) throw Refusal.field('/phone', 'phone_expected', 'This is not a telephone number.');
  return e164;
}

function checkLogo(mediaType: LogoType, content: Buffer): void {
  if (content.length > LOGO_BYTES) throw Refusal.field('/logo/data', 'too_large', `At most ${LOGO_BYTES} bytes.`);
  const good = mediaType === 'image/png' ? isSmallPng(content) : isPlainSvg(textOf(content));
  if (!good) throw Refusal.field('/logo/data', 'type_not_allowed', 'A plain drawing (SVG) or a small PNG is expected.');
}

/** A PNG from its first byte to its last, no larger than a screen shows it. */
function isSmallPng(content: Buffer): boolean {
  if (content.length < 57 || !content.subarray(0, 8).equals(PNG) || !content.subarray(-8).equals(PNG_END)) return false;
  const [width, height] = [content.readUInt32BE(16), content.readUInt32BE(20)];
  return (
    content.toString('latin1', 12, 16) === 'IHDR' &&
    width > 0 &&
    height > 0 &&
    width <= MOST_PIXELS &&
    height <= MOST_PIXELS
  );
}

/** Empty when the bytes are no UTF-8. */
function textOf(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return '';
  }
}

function viewOf({ id, branding, ...hub }: Row): BrandingView {
  const accent = branding.accent ?? DEFAULT_ACCENT;
  return {
    hubId: id,
    code: hub.code,
    nameFr: hub.nameFr,
    nameAr: hub.nameAr,
    phone: hub.phone,
    greetingFr: branding.greetingFr ?? null,
    greetingAr: branding.greetingAr ?? null,
    accent,
    scale: accentScale(accent),
    logo: branding.logo ? `/api/v1/hubs/${id}/logo?v=${hub.version}` : null,
    version: hub.version,
  };
}
