import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { TenantTx } from '@app/db/tenant-db';
import type { Config } from '@app/platform/config';
import type { LoggedEvent } from '@app/platform/consumer';
import { CONFIG } from '@app/platform/database.module';

interface Mail {
  id: string;
  hubId: string | null;
  template: string;
  language: string;
  toAddress: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
}

/** Templates whose text holds a code or a link that lets somebody in. */
const OPENS_DOORS = new Set(['sign_in_code', 'association_invitation', 'invitation']);

/** Shorter together than the lease of the outbox row. */
const TIMEOUTS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 15_000, dnsTimeout: 5_000 };

/**
 * Sends what the ledger holds: over SMTP when an address is set, else into files. The outside cannot take part in our
 * transaction, so a mail may leave twice after a crash; its Message-ID stays the same.
 */
@Injectable()
export class MailerService implements OnApplicationShutdown {
  private readonly smtp;
  private readonly composer = createTransport({ streamTransport: true, buffer: true });

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.smtp =
      config.smtpUrl && !config.demonstration
        ? createTransport({ url: config.smtpUrl, pool: true, maxConnections: 2, ...TIMEOUTS })
        : null;
  }

  async send(tx: TenantTx, event: LoggedEvent): Promise<void> {
    const [mail] = await tx.query<Mail>(
      'mail-take',
      `select id, hub_id as "hubId", template, language, to_address as "toAddress", subject, text, html, message_id as "messageId"
       from mail_message where id = $1 and sent_at is null for update`,
      [event.data.mailId],
    );
    if (!mail) return;
    // A slow mail server must not look like a forgotten transaction.
    await tx.sql('set local idle_in_transaction_session_timeout = 45000');
    if (this.smtp) await this.smtp.sendMail(this.compose(mail));
    else await this.writeFile(mail);
    await tx.query('mail-sent', 'update mail_message set sent_at = $2 where id = $1', [mail.id, tx.now]);
    // What opens a door is not kept beyond its sending; the demonstration has no other way to read it.
    if (OPENS_DOORS.has(mail.template) && !this.config.demonstration)
      await tx.query('mail-forget', `update mail_message set text = '', html = '' where id = $1`, [mail.id]);
    tx.emit({ type: 'mail.sent', data: { mailId: mail.id } });
  }

  onApplicationShutdown(): void {
    this.smtp?.close();
  }

  private compose(mail: Mail): SendMailOptions {
    return {
      from: this.config.mailFrom,
      // As parts, never as one text that would be read as a list.
      to: { name: '', address: mail.toAddress },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.messageId,
      headers: { 'Content-Language': mail.language, 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    };
  }

  /** Whole or not at all: written beside, then renamed. */
  private async writeFile(mail: Mail): Promise<void> {
    const folder = path.join(this.config.varDir, 'outbox');
    const file = path.join(folder, `${mail.id}.eml`);
    const { message } = await this.composer.sendMail(this.compose(mail));
    await mkdir(folder, { recursive: true });
    await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
    await rename(`${file}.part`, file);
  }
}
