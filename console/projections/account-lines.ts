import type { Completeness } from '#server/projections/inspection.ts';

export type AccountLine = { label: string; count: number; meaning: string; bad: boolean };

/**
 * The account as a sum. Repeated events are no positions of their own, so they stand beside it; `addsUp` says whether
 * what is counted is the position up to which it was: the checkpoint, or short of it while a worker still counts.
 */
export function accountLines({ account, countedTo }: Pick<Completeness, 'account' | 'countedTo'>): {
  lines: AccountLine[];
  sum: number;
  countedTo: string;
  addsUp: boolean;
} {
  const { handled, filtered, dead, parked, skipped, missing, repeated } = account;
  const lines: AccountLine[] = [
    { label: 'Handled', count: handled, meaning: 'applied to the rows', bad: false },
    { label: 'Filtered', count: filtered, meaning: 'of categories that it does not see', bad: false },
    { label: 'Dead', count: dead, meaning: 'taken by appends that were rolled back', bad: false },
    { label: 'Parked', count: parked, meaning: 'failed, or waiting behind one that did', bad: false },
    { label: 'Skipped', count: skipped, meaning: 'passed over by somebody, named below', bad: false },
    { label: 'Missing', count: missing, meaning: 'passed without being handled', bad: missing > 0 },
  ];
  const sum = lines.reduce((total, { count }) => total + count, 0);
  if (repeated > 0) {
    lines.push({ label: 'Repeated', count: repeated, meaning: 'handled more than once, not in the sum', bad: true });
  }
  return { lines, sum, countedTo, addsUp: sum === Number(countedTo) };
}
