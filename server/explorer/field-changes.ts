import { TidemarkError } from '#server/kernel/errors.ts';
import type { Json } from '#server/kernel/json.ts';
import { ANY, type ExpressionPath, valuesAt } from './expression.ts';
import { parseExpression } from './expression-parser.ts';
import type { FieldChange, FieldChanges, FieldChangesQuery } from './stream-questions.ts';
import { lastVersionOf, type Parts, toVersionEvent, walkVersions } from './walk-versions.ts';

/** Versions that one call looks at, and changes that it tells: the newest ones. */
const SCANNED_MAX = 5000;
const CHANGES_MAX = 200;

/** At which versions a field changed, newest first: why it is what it is. */
export async function fieldChanges(parts: Parts, query: FieldChangesQuery): Promise<FieldChanges> {
  const { streamId } = query;
  const path = parsePath(query.path);
  const lastVersion = await lastVersionOf(parts.eventStore, streamId);
  const upTo = Math.min(query.upTo ?? lastVersion, lastVersion);
  const after = Math.max(0, upTo - SCANNED_MAX);
  const found: FieldChange[] = [];
  const { unfoldable } = await walkVersions(parts, { streamId, after, upTo }, (step) => {
    const [before] = valuesAt(step.before, path);
    const [now] = valuesAt(step.after, path);
    if (!sameJson(before, now)) found.push({ ...toVersionEvent(step.event), before, after: now });
    if (found.length > CHANGES_MAX) found.shift();
    return false;
  });
  const changes = found.reverse();
  const oldest = changes.at(-1);
  // Where changes were left out, the next stretch begins below the oldest one that is told.
  const full = changes.length === CHANGES_MAX && oldest !== undefined;
  const scannedFrom = full ? oldest.streamVersion : after + 1;
  return {
    path: query.path,
    changes,
    scannedFrom,
    lastVersion,
    nextUpTo: scannedFrom > 1 ? scannedFrom - 1 : null,
    unfoldable,
  };
}

/** One field, written as in a condition; `[*]` is many. */
function parsePath(text: string): ExpressionPath {
  const expression = parseExpression(text, 'path');
  if (expression.kind !== 'holds' || expression.path.includes(ANY)) {
    throw new TidemarkError('bad-request', 'path must be one field, such as total.amount', { field: 'path' });
  }
  return expression.path;
}

function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
