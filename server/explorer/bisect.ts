import { evaluate } from './expression.ts';
import { parseExpression } from './expression-parser.ts';
import type { Bisection, BisectQuery } from './stream-questions.ts';
import { watchFields } from './unseen-fields.ts';
import { lastVersionOf, type Parts, toVersionEvent, walkVersions } from './walk-versions.ts';

/** Versions that one call looks at; some 300 ms of folding. */
const SCANNED_MAX = 10_000;

/**
 * The first version at which a condition over the state became true. Halving would need tens of states instead of all,
 * but finds some change where a condition comes and goes, and not the first; so every version is looked at, in parts.
 */
export async function bisect(parts: Parts, { streamId, where, after = 0 }: BisectQuery): Promise<Bisection> {
  const condition = parseExpression(where);
  const lastVersion = await lastVersionOf(parts.eventStore, streamId);
  const upTo = Math.min(lastVersion, after + SCANNED_MAX);
  const fields = watchFields(condition);
  let held: boolean | undefined;
  let found: Bisection['found'] = null;
  const { initial, reached, unfoldable } = await walkVersions(parts, { streamId, after, upTo }, (step, begun) => {
    if (held === undefined) {
      fields.look(begun);
      held = evaluate(condition, begun);
    }
    fields.look(step.after);
    const holds = evaluate(condition, step.after);
    if (holds && !held) found = toVersionEvent(step.event);
    held = holds;
    return found !== null;
  });
  const ended = found !== null || unfoldable !== null || reached >= lastVersion;
  const holds = held ?? evaluate(condition, initial);
  return {
    found,
    holds,
    scannedTo: reached,
    lastVersion,
    nextAfter: ended ? null : reached,
    unseen: fields.unseen(),
    unfoldable,
  };
}
