import type { Figure, Outcome } from '#bench/measurement.ts';
import { round } from '#bench/statistics.ts';
import { STORES } from './stores.ts';

const NAMES = STORES.map(({ name }) => name);

/** The figures of the explorer as two tables: by size of the store, and what is measured on the largest alone. */
export function growthTables({ figures, notes = [] }: Pick<Outcome, 'figures' | 'notes'>): string[] {
  const cases = [...new Set(Object.keys(figures).map(caseOf))];
  const grown = cases.filter((name) => NAMES.every((store) => figures[`${name}-${store}`] !== undefined));
  const single = Object.entries(figures).filter(([name]) => !grown.includes(caseOf(name)));
  const sizes = STORES.map(({ events }) => `${events.toLocaleString('en-US')} events`);
  return [
    `| | ${sizes.join(' | ')} | largest to smallest |\n|---|${'---:|'.repeat(NAMES.length + 1)}`,
    ...grown.map((name) => {
      const row = NAMES.flatMap((store) => figures[`${name}-${store}`] ?? []);
      return `| ${name} | ${row.map(cell).join(' | ')} | ${timesOf(row)} × |`;
    }),
    `\n| on the largest | median (lowest to highest) |\n|---|---:|`,
    ...single.map(([name, figure]) => `| ${name} | ${cell(figure)} |`),
    '',
    ...notes.map((note) => `- ${note}`),
  ];
}

function caseOf(name: string): string {
  const store = NAMES.find((one) => name.endsWith(`-${one}`));
  return store === undefined ? name : name.slice(0, -store.length - 1);
}

function cell({ unit, median, min, max }: Figure): string {
  return `${median} ${unit} (${min} to ${max})`;
}

function timesOf(row: readonly Figure[]): number {
  return round((row.at(-1)?.median ?? Number.NaN) / (row[0]?.median ?? Number.NaN));
}
