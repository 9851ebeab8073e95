import { Injectable } from '@nestjs/common';
import { TenantDb, type TenantTx } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import type { Locale } from '@app/domain/person';
import { Refusal } from '@app/domain/refusal';
import { checkVersion } from '@app/platform/precondition';
import { checkMailText, trimBraces, sampleValues, variablesOfMail, type MailTwins } from './mail-text-rules';
import type { MailTextPreview, MailTextView } from './mail-text-view.dto';
import { HUB_TEMPLATES, TEXTS, type HubTemplate, type MailText } from './template-texts';
import { renderText } from './templates';

interface OwnText extends MailTwins {
  template: HubTemplate;
  version: number;
}

const COLUMNS = `template, subject_fr as "subjectFr", subject_ar as "subjectAr", paragraphs_fr as "paragraphsFr", paragraphs_ar as "paragraphsAr", version`;
/** Of the programme's words. */
const FIRST = 1;

/** The words of the mails of a hub. Whoever takes them back finds the programme's. */
@Injectable()
export class MailTextsService {
  constructor(private readonly db: TenantDb) {}

  list(actor: Actor): Promise<MailTextView[]> {
    return this.db.run(actor, async (tx) => {
      const rows = await tx.query<OwnText>('mail-texts', `select ${COLUMNS} from mail_text where hub_id = $1`, [
        actor.hubId,
      ]);
      return HUB_TEMPLATES.map((template) =>
        viewOf(
          template,
          rows.find((row) => row.template === template),
        ),
      );
    });
  }

  async find(actor: Actor, template: HubTemplate): Promise<MailTextView> {
    return (await this.list(actor)).find((one) => one.template === template)!;
  }

  /** @throws Refusal `validation_failed` with every problem of the text */
  write(actor: Actor, template: HubTemplate, input: MailTwins, expected: number): Promise<MailTextView> {
    const text = checked(template, input);
    return this.db.run(actor, async (tx) => {
      checkVersion(await lock(tx, template), expected);
      const [row] = await tx.query<OwnText>(
        'mail-text-write',
        `insert into mail_text as m (hub_id, template, subject_fr, subject_ar, paragraphs_fr, paragraphs_ar, version, updated_at, updated_by)
         values ($1, $2, $3, $4, $5, $6, ${FIRST + 1}, $7, $8)
         on conflict (hub_id, template) do update set subject_fr = excluded.subject_fr, subject_ar = excluded.subject_ar,
           paragraphs_fr = excluded.paragraphs_fr, paragraphs_ar = excluded.paragraphs_ar, version = m.version + 1,
           updated_at = excluded.updated_at, updated_by = excluded.updated_by
         returning ${COLUMNS}`,
        [
          actor.hubId,
          template,
          text.subjectFr,
          text.subjectAr,
          text.paragraphsFr,
          text.paragraphsAr,
          tx.now,
          actor.accountId,
        ],
      );
      tell(tx, template, 'changed', row.version);
      return viewOf(template, row);
    });
  }

  /** Back to the programme's words. */
  remove(actor: Actor, template: HubTemplate, expected: number): Promise<void> {
    return this.db.run(actor, async (tx) => {
      checkVersion(await lock(tx, template), expected);
      const gone = await tx.affected('delete from mail_text where hub_id = $1 and template = $2', [
        actor.hubId,
        template,
      ]);
      if (gone > 0) tell(tx, template, 'removed', FIRST);
    });
  }

  /** Both languages as they would arrive, with invented values. */
  preview(template: HubTemplate, input: MailTwins): MailTextPreview {
    const text = checked(template, input);
    const rendered = (language: Locale) => renderText(textOf(text, language), language, sampleValues(language));
    return { fr: rendered('fr'), ar: rendered('ar') };
  }
}

/** The hub's own words of a mail, or undefined for the programme's; read in the transaction that writes the mail. */
export async function ownMailText(
  tx: TenantTx,
  hubId: string | null,
  template: string,
  language: Locale,
): Promise<MailText | undefined> {
  const [row] = await tx.query<OwnText>(
    'mail-text-own',
    `select ${COLUMNS} from mail_text where hub_id = $1 and template = $2`,
    [hubId, template],
  );
  return row && textOf(row, language);
}

function checked(template: HubTemplate, input: MailTwins): MailTwins {
  const text = trimBraces(input);
  const problems = checkMailText(template, text);
  if (problems.length > 0) throw new Refusal('validation_failed', 'The request has invalid fields.', problems);
  return text;
}

async function lock(tx: TenantTx, template: HubTemplate): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    'mail-text-lock',
    'select version from mail_text where hub_id = $1 and template = $2 for update',
    [tx.actor.hubId, template],
  );
  return row?.version ?? FIRST;
}

function tell(tx: TenantTx, template: HubTemplate, what: 'changed' | 'removed', version: number): void {
  tx.emit({ type: 'mail-text.changed', hubId: tx.actor.hubId, entityVersion: version, data: { template, what } });
}

function textOf(text: MailTwins, language: Locale): MailText {
  return language === 'ar'
    ? { subject: text.subjectAr, paragraphs: text.paragraphsAr }
    : { subject: text.subjectFr, paragraphs: text.paragraphsFr };
}

function viewOf(template: HubTemplate, own: OwnText | undefined): MailTextView {
  const { fr, ar } = TEXTS[template];
  const { subjectFr, subjectAr, paragraphsFr, paragraphsAr } = own ?? {
    subjectFr: fr.subject,
    subjectAr: ar.subject,
    paragraphsFr: fr.paragraphs,
    paragraphsAr: ar.paragraphs,
  };
  return {
    template,
    subjectFr,
    subjectAr,
    paragraphsFr: [...paragraphsFr],
    paragraphsAr: [...paragraphsAr],
    variables: variablesOfMail(template),
    own: own !== undefined,
    version: own?.version ?? FIRST,
  };
}
