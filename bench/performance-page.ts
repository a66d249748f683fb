import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { growthTables } from './explorer/growth-table.ts';
import type { Outcome, Summary } from './measurement.ts';
import { round } from './statistics.ts';
import { BOUNDS, TARGETS, type Target } from './targets.ts';

type Result = Outcome & { name: string; title: string; machine: Record<string, string | number> };

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PAGE = at('../docs/performance.md');
const CHART = at('../docs/images/performance.svg');
const FROM = '<!-- figures: npm run bench -- --page -->';
const TO = '<!-- end of the figures -->';

/** Writes the tables of docs/performance.md and its chart from what `--save` left in bench/results. */
export function writePage(): void {
  const held = TARGETS.flatMap((target) => measured(target) ?? []);
  const names = [...new Set([...TARGETS, ...BOUNDS].map(({ measurement }) => measurement))];
  const tables = [heldTable(held), ...names.flatMap((name) => table(read(name)) ?? [])];
  const page = readFileSync(PAGE, 'utf8');
  const before = page.slice(0, page.indexOf(FROM) + FROM.length);
  const after = page.slice(page.indexOf(TO));
  writeFileSync(PAGE, `${before}\n\n${tables.join('\n\n')}\n\n${after}`);
  writeFileSync(CHART, chart(held));
}

type Held = Target & { ratio: number; label: string };

function read(name: string): Result | undefined {
  const path = at(`./results/${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Result) : undefined;
}

function measured(target: Target): Held | undefined {
  const ratio = read(target.measurement)?.ratios?.[target.case]?.[target.beside];
  return ratio === undefined
    ? undefined
    : { ...target, ratio, label: `${target.measurement}, ${target.case}, beside ${target.beside}` };
}

function heldTable(held: readonly Held[]): string {
  const rows = held.map(({ label, atLeast, ratio }) => {
    const said = ratio >= atLeast ? 'reached' : 'not reached';
    return `| ${label} | ${atLeast} × | ${ratio} × | ${said} |`;
  });
  const bounds = BOUNDS.flatMap(({ measurement, label, atMost, value }) => {
    const figure = value(read(measurement)?.figures ?? {});
    if (figure === undefined) return [];
    return [`| ${label} | at most ${atMost} | ${round(figure)} | ${figure <= atMost ? 'reached' : 'not reached'} |`];
  });
  return ['| figure | held to | measured | |', '|---|---:|---:|---|', ...rows, ...bounds].join('\n');
}

function table(result: Result | undefined): string | undefined {
  if (result === undefined) return undefined;
  const { name, title, rounds, seconds, machine } = result;
  const turns = seconds === undefined ? '' : `, turns of ${seconds} s`;
  const how = `${rounds} rounds${turns}; ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}, PostgreSQL ${machine.postgres}`;
  return [`### ${title}`, '', how, '', ...(name === 'explorer' ? growthTables(result) : besideTable(result))].join(
    '\n',
  );
}

function besideTable({ figures, peers = {}, limits = {}, ratios = {} }: Result): string[] {
  const rows = Object.entries(figures).flatMap(([caseName, { unit, median, min, max }]) => [
    `| ${caseName} | **Tidemark** | ${median} ${unit} (${min} to ${max}) | |`,
    ...Object.entries({ ...peers[caseName], ...limits[caseName] }).map(
      ([name, theirs]: [string, Summary]) =>
        `| | ${name} | ${theirs.median} (${theirs.min} to ${theirs.max}) | ${ratios[caseName]?.[name]} × |`,
    ),
  ]);
  return ['| case | who | median (lowest to highest) | we are |', '|---|---|---:|---:|', ...rows];
}

const WIDTH = 860;
const ROW = 26;
const LEFT = 380;

/** Bars of how many times the target each figure is, on a logarithmic scale from a tenth to ten times. */
function chart(held: readonly Held[]): string {
  const height = held.length * ROW + 50;
  const scale = (times: number) =>
    LEFT + ((Math.log10(Math.min(10, Math.max(0.1, times))) + 1) / 2) * (WIDTH - LEFT - 90);
  const bars = held.map(({ label, ratio, atLeast }, index) => {
    const y = 34 + index * ROW;
    const times = ratio / atLeast;
    const fill = times >= 1 ? '#0f766e' : '#b45309';
    const value = `${ratio} × of ${atLeast} ×`;
    return `<text x="${LEFT - 10}" y="${y + 13}" text-anchor="end">${label}</text>
<rect x="${LEFT}" y="${y}" width="${(scale(times) - LEFT).toFixed(1)}" height="17" fill="${fill}"/>
<text x="${(scale(times) + 6).toFixed(1)}" y="${y + 13}">${value}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" fill="#334155" role="img" aria-label="Each figure as a multiple of what it is held to">
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="${LEFT}" y="20">0.1 ×</text><text x="${scale(1)}" y="20" text-anchor="middle">held to</text><text x="${scale(10)}" y="20" text-anchor="end">10 ×</text>
<line x1="${scale(1)}" y1="26" x2="${scale(1)}" y2="${height - 10}" stroke="#64748b" stroke-dasharray="3 3"/>
${bars.join('\n')}
</svg>
`;
}
