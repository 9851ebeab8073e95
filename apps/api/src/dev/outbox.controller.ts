import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Refusal } from '@app/domain/refusal';
import { NotificationsQueries, type OutboxMail } from '@app/features/notifications/notifications.queries';
import { escapeHtml } from '@app/features/notifications/templates';
import { Public } from '@app/platform/access';
import type { Config } from '@app/platform/config';
import { CONFIG } from '@app/platform/database.module';

/** What the demonstration would have sent, for everybody to read; it does not exist anywhere else. */
@ApiExcludeController()
@Controller('api/dev/outbox')
export class OutboxController {
  constructor(
    private readonly queries: NotificationsQueries,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(): Promise<string> {
    if (!this.config.demonstration) throw new Refusal('not_found', 'Not found.');
    return page(await this.queries.outbox());
  }
}

/** No style and no script: the page lives under the same strict policy as every answer. */
function page(mails: readonly OutboxMail[]): string {
  return `<!doctype html>
<html lang="fr" dir="ltr">
<head><meta charset="utf-8"><title>Sanad : courrier de la démonstration</title></head>
<body>
<h1>Courrier de la démonstration</h1>
<p lang="ar" dir="rtl">بريد النموذج التجريبي</p>
${mails.map(article).join('\n')}
</body>
</html>
`;
}

function article(mail: OutboxMail): string {
  const direction = mail.language === 'ar' ? 'rtl' : 'ltr';
  return `<hr>
<article lang="${mail.language}" dir="${direction}">
<h2>${escapeHtml(mail.subject)}</h2>
<p dir="ltr"><bdi>${escapeHtml(mail.toAddress)}</bdi> · ${mail.createdAt.toISOString()} · ${escapeHtml(mail.template)} · ${mail.sentAt ? 'sent' : 'waiting'}</p>
${mail.text
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => `<p dir="auto">${escapeHtml(line)}</p>`)
  .join('\n')}
</article>`;
}
