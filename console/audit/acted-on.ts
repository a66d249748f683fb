import type { AuditEntry } from '#server/audit/audit.ts';

/** What names the thing that an act is on, the more telling first. */
const NAMES = ['commandType', 'name', 'streamId', 'subject', 'email', 'category', 'globalPosition', 'id'];
const SHOWN = 2;

/** What an act was on, by what was asked for: a projection's name, a command's type and stream. Empty where nothing says. */
export function actedOn({ input }: Pick<AuditEntry, 'input'>): string {
  const told = NAMES.map((name) => input[name]).filter(
    (value) => typeof value === 'string' || typeof value === 'number',
  );
  return told.slice(0, SHOWN).join(' ');
}
