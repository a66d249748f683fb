import type { Rule } from '#server/compare/experiment.ts';
import { causeWord } from './experiment-words.ts';
import { formatPercent } from './interval-words.ts';

/** A rule in a sentence. */
export function ruleSentence(rule: Rule): string {
  switch (rule.kind) {
    case 'renamed':
      return `${rule.from} is called ${rule.to}`;
    case 'added':
      return `${rule.column} is new`;
    case 'removed':
      return `${rule.column} is gone`;
    case 'tolerance': {
      const bounds = [
        rule.absolute === undefined ? [] : [String(rule.absolute)],
        rule.relative === undefined ? [] : [formatPercent(rule.relative)],
      ].flat();
      return `${rule.column} may differ by ${bounds.join(' or ') || 'nothing'}`;
    }
    case 'accepted':
      return `${causeWord(rule.cause)}${rule.column === undefined ? '' : ` in ${rule.column}`} is expected`;
  }
}

/** What a form for a rule holds: texts as they are typed. */
export type RuleDraft = {
  kind: Rule['kind'];
  column: string;
  to: string;
  absolute: string;
  cause: Extract<Rule, { kind: 'accepted' }>['cause'];
  reason: string;
};

export const EMPTY_RULE: RuleDraft = { kind: 'added', column: '', to: '', absolute: '', cause: 'rounding', reason: '' };

const COLUMN = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The rule that a form means, or what is wrong with it, by field. */
export function toRule(draft: RuleDraft): { rule: Rule } | { field: keyof RuleDraft; message: string } {
  const column = draft.column.trim();
  const reason = draft.reason.trim();
  const named = draft.kind === 'accepted' ? column === '' || COLUMN.test(column) : COLUMN.test(column);
  if (!named) return { field: 'column', message: 'must be the name of a column' };
  if (reason.length < 3) return { field: 'reason', message: 'must say why, in at least 3 characters' };
  switch (draft.kind) {
    case 'renamed': {
      const to = draft.to.trim();
      if (!COLUMN.test(to)) return { field: 'to', message: 'must be the name of a column' };
      return { rule: { kind: 'renamed', from: column, to, reason } };
    }
    case 'added':
    case 'removed':
      return { rule: { kind: draft.kind, column, reason } };
    case 'tolerance': {
      const percent = /^(.*)%\s*$/.exec(draft.absolute);
      const value = Number((percent?.[1] ?? draft.absolute).trim());
      if (draft.absolute.trim() === '' || !Number.isFinite(value) || value < 0 || (percent !== null && value > 100)) {
        return { field: 'absolute', message: 'must be a number such as 1, or a share such as 0.5 %' };
      }
      const bound = percent === null ? { absolute: value } : { relative: value / 100 };
      return { rule: { kind: 'tolerance', column, ...bound, reason } };
    }
    case 'accepted':
      return { rule: { kind: 'accepted', cause: draft.cause, ...(column === '' ? {} : { column }), reason } };
  }
}
