export const ASSIGNMENT_MODES = ['least_load', 'offers'] as const;
export type AssignmentMode = (typeof ASSIGNMENT_MODES)[number];

const isMode = (value: unknown): value is AssignmentMode => (ASSIGNMENT_MODES as readonly unknown[]).includes(value);

/**
 * How tickets of a hub find their agent, by the setting `assignment_mode`: `{"default": mode, "hubs": {"<hub id or code>": mode}}`.
 * What cannot be read counts as `least_load`.
 */
export function assignmentMode(setting: unknown, hub: { id: string; code: string }): AssignmentMode {
  const { default: usual, hubs } = (setting ?? {}) as { default?: unknown; hubs?: Record<string, unknown> };
  const own = hubs?.[hub.id] ?? hubs?.[hub.code];
  if (isMode(own)) return own;
  return isMode(usual) ? usual : 'least_load';
}
