import { Injectable } from '@nestjs/common';
import { TenantDb } from '@app/db/tenant-db';
import type { Actor } from '@app/domain/access';
import { type FieldProblem, Refusal } from '@app/domain/refusal';
import { checkVersion } from '@app/platform/precondition';
import { ReferenceData } from '../directory/reference-data';
import type { SettingOption, SettingText, SettingView } from './programme-view.dto';

/** Those that are words; how work is given out has routes of its own. */
export const SETTING_KEYS = ['legal_notice', 'emergency_numbers', 'escalation_reasons', 'hold_reasons'] as const;
export type SettingKey = (typeof SETTING_KEYS)[number];

interface Row {
  key: SettingKey;
  value: SettingText | SettingOption[];
  version: number;
}

/** Texts and lists of the programme. */
@Injectable()
export class SettingsService {
  constructor(
    private readonly db: TenantDb,
    private readonly reference: ReferenceData,
  ) {}

  list(actor: Actor): Promise<SettingView[]> {
    return this.db.run(actor, async (tx) => {
      const rows = await tx.sql<Row>('select key, value, version from setting where key = any ($1) order by key', [
        [...SETTING_KEYS],
      ]);
      return rows.map(viewOf);
    });
  }

  /** Replaces it whole. Codes that a list had stay in it, because tickets name them. */
  async write(
    actor: Actor,
    key: SettingKey,
    input: { text?: SettingText; options?: SettingOption[] },
    expected: number,
  ): Promise<SettingView> {
    const written = await this.db.run(
      actor,
      async (tx) => {
        const [present] = await tx.sql<Row>('select key, value, version from setting where key = $1 for update', [key]);
        if (!present) throw new Refusal('not_found', 'Not found.');
        checkVersion(present.version, expected);
        const value = Array.isArray(present.value) ? checkedOptions(key, present.value, input.options) : input.text;
        if (!value) throw Refusal.field('/text', 'required', 'This setting is a text in both languages.');
        const [row] = await tx.sql<Row>(
          'update setting set value = $2, version = version + 1 where key = $1 returning key, value, version',
          [key, JSON.stringify(value)],
        );
        tx.emit({ type: 'setting.changed', entityVersion: row.version, data: { key } });
        return viewOf(row);
      },
      { as: 'system' },
    );
    await this.reference.reload();
    return written;
  }
}

function checkedOptions(
  key: SettingKey,
  present: readonly SettingOption[],
  options: SettingOption[] | undefined,
): SettingOption[] {
  if (!options) throw Refusal.field('/options', 'required', 'This setting is a list.');
  const problems: FieldProblem[] = options.flatMap(({ code, number, pausesClock }, i) => {
    const add = (name: string, problem: string, detail: string) => [
      { pointer: `/options/${i}/${name}`, code: problem, detail },
    ];
    if (options.findIndex((one) => one.code === code) < i) return add('code', 'repeated', 'Each code is used once.');
    if (key === 'emergency_numbers' && !number) return add('number', 'required', 'A number to call is missing.');
    if (key === 'hold_reasons' && pausesClock === undefined)
      return add('pausesClock', 'required', 'Say whether the promise stands still.');
    return [];
  });
  const lost =
    key === 'emergency_numbers' ? [] : present.filter((one) => options.every(({ code }) => code !== one.code));
  for (const { code } of lost) {
    problems.push({ pointer: '/options', code: 'in_use', detail: `The code ${code} is named by tickets and stays.` });
  }
  if (problems.length > 0) throw new Refusal('validation_failed', 'The request has invalid fields.', problems);
  return options;
}

function viewOf({ key, value, version }: Row): SettingView {
  const list = Array.isArray(value);
  return { key, text: list ? null : value, options: list ? value : null, version };
}
