import { type Caller, requirePermission } from '#server/kernel/caller.ts';
import { maySee, SYSTEM_CATEGORIES } from '#server/kernel/system-categories.ts';

/** Names under which an answer, or a question, says what stream or category it is about. */
const NAMES = ['streamId', 'stream_id', 'category', 'key'] as const;

/** Lists of keys of rows, which are streams. */
const KEY_LISTS: ReadonlySet<string> = new Set(['different', 'examples']);

/** What somebody's events and states say is theirs: names in it mean nothing here. */
const PAYLOADS: ReadonlySet<string> = new Set(['data', 'metadata', 'state', 'before', 'after', 'original', 'schema']);

/** Throws `permission-denied` where a question names a system category that the caller may not see. */
export function checkAsked(caller: Caller, input: unknown): void {
  if (typeof input !== 'object' || input === null) return;
  const said = input as Record<string, unknown>;
  if (Array.isArray(said.filters)) for (const filter of said.filters) checkAsked(caller, filter);
  for (const name of NAMES) {
    const value = said[name];
    if (value !== undefined && namesHidden(caller, value)) requirePermission(caller, 'audit.read');
  }
}

/** Names may stand in a list, or in one text with commas between them. */
function namesHidden(caller: Caller, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => typeof one === 'string' && namesHidden(caller, one));
  return typeof value === 'string' && value.split(',').some((one) => hidden(caller, one));
}

/**
 * An answer as the caller may see it: members of lists that tell of a system category are left out, and an answer that
 * is about one as a whole is refused. What is not changed is the same object.
 */
export function visible<Answer>(caller: Caller, answer: Answer): Answer {
  if (!hidden(caller, 'audit')) return answer;
  if (tellsOfHidden(caller, answer)) requirePermission(caller, 'audit.read');
  return without(caller, answer) as Answer;
}

function without(caller: Caller, value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.filter((one) => !tellsOfHidden(caller, one));
    const shown = kept.map((one) => without(caller, one));
    return shown.length === value.length && shown.every((one, index) => one === value[index]) ? value : shown;
  }
  if (typeof value !== 'object' || value === null) return value;
  let changed: Record<string, unknown> | undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (PAYLOADS.has(name)) continue;
    const shown = KEY_LISTS.has(name)
      ? withoutKeys(caller, inner)
      : tellsOfHidden(caller, inner)
        ? null
        : without(caller, inner);
    if (shown !== inner) changed = { ...(changed ?? value), [name]: shown };
  }
  return changed ?? value;
}

function withoutKeys(caller: Caller, list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  const shown = list.filter((one) => typeof one !== 'string' || !hidden(caller, one));
  return shown.length === list.length ? list : shown;
}

function tellsOfHidden(caller: Caller, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const said = value as Record<string, unknown>;
  return NAMES.some((name) => typeof said[name] === 'string' && hidden(caller, said[name]));
}

/** Of a category, or of a stream by what stands before its first `-`. */
function hidden(caller: Caller, text: string): boolean {
  const [category = ''] = text.split('-', 1);
  return SYSTEM_CATEGORIES.has(category) && !maySee(caller, category);
}
