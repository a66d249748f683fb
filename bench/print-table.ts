import type { Figure, Measurement, Outcome, Summary } from './measurement.ts';

/** The outcome as text for a terminal: a line a case, ours first, then each other with how many times as good we are. */
export function printTable(
  { title }: Measurement,
  { figures, peers = {}, limits = {}, ratios = {}, notes = [] }: Outcome,
): void {
  console.log(`\n${title}`);
  for (const [caseName, mine] of Object.entries(figures)) {
    console.log(`  ${caseName.padEnd(26)} ${text(mine)}`);
    for (const [name, theirs] of Object.entries({ ...peers[caseName], ...limits[caseName] })) {
      console.log(`    ${name.padEnd(24)} ${text(theirs).padEnd(40)} we: ${ratios[caseName]?.[name]} ×`);
    }
  }
  for (const note of notes) console.log(`  ${note}`);
}

function text({ unit = '', median, min, max, ...rest }: Figure | (Summary & { unit?: never })): string {
  const extra = Object.entries(rest).map(([name, value]) => `, ${name} ${value}`);
  return `${median} ${unit} (${min} to ${max})${extra.join('')}`;
}
