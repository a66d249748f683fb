import type { FieldSeries } from '#server/explorer/stream-questions.ts';

/** A stretch of versions in which a field says the same; `to` is the version at which the next one begins. */
export type Band = { from: number; to: number; value: FieldSeries['values'][number] };

/** Pixels at which a version begins: each has a stretch of its own, the last one too. */
export function xOfField(version: number, lastVersion: number, width: number): number {
  return ((version - 1) / lastVersion) * width;
}

/** The version whose stretch a point is in. */
export function versionOfField(x: number, lastVersion: number, width: number): number {
  return Math.min(Math.max(1 + Math.floor((x / width) * lastVersion), 1), lastVersion);
}

/** Equal neighbours as one band each; the last one reaches behind the last version. */
export function bandsOf(versions: readonly number[], values: FieldSeries['values'], lastVersion: number): Band[] {
  const bands: Band[] = [];
  versions.forEach((version, index) => {
    const value = values[index] ?? null;
    const open = bands.at(-1);
    if (open !== undefined && open.value === value) return;
    if (open !== undefined) open.to = version;
    bands.push({ from: version, to: lastVersion + 1, value });
  });
  return bands;
}

/** Narrower ones side by side are one mark to the eye. */
const BAND_PX = 2;

/** The bands worth drawing: of those too narrow to be told apart, one for each two pixels. */
export function drawnBands(bands: readonly Band[], x: (version: number) => number): Band[] {
  let free = Number.NEGATIVE_INFINITY;
  return bands.filter(({ from, to }) => {
    const left = x(from);
    if (x(to) - left < BAND_PX && left < free) return false;
    free = left + BAND_PX;
    return true;
  });
}

/** A number over versions as the `d` of a path, in steps: it holds until the next version says otherwise. */
export function stepPath(
  versions: readonly number[],
  values: FieldSeries['values'],
  x: (version: number) => number,
  { width, height }: { width: number; height: number },
): string {
  const numbers = values.filter((value) => typeof value === 'number');
  const low = Math.min(...numbers);
  const span = Math.max(...numbers) - low;
  const y = (value: number) => (span === 0 ? height / 2 : height - 2 - ((value - low) / span) * (height - 4));
  let path = '';
  let pen = false;
  versions.forEach((version, index) => {
    const value = values[index];
    if (typeof value !== 'number') {
      pen = false;
      return;
    }
    const at = x(version).toFixed(1);
    path += pen ? `H${at}V${y(value).toFixed(1)}` : `M${at} ${y(value).toFixed(1)}`;
    pen = true;
  });
  return pen ? `${path}H${width}` : path;
}

/** What the field says at a version, by the sample at or before it. */
export function valueAtVersion(
  versions: readonly number[],
  values: FieldSeries['values'],
  version: number,
): FieldSeries['values'][number] {
  const index = versions.findLastIndex((one) => one <= version);
  return index < 0 ? null : (values[index] ?? null);
}

/** A value as people read it. */
export function valueWord(value: FieldSeries['values'][number]): string {
  return value === null ? 'none' : typeof value === 'number' ? value.toLocaleString('en-US') : String(value);
}

/** Of a letter of a band's text, and what stands free round it. */
const LETTER_PX = 6.2;
const PADDING_PX = 12;
/** From here on a long text is worth its beginning: some six letters. */
const BEGINNING_PX = 52;

/** What stands in a band so wide; nothing where it would be a scrap of a letter or two. */
export function bandWord(value: Band['value'], widthPx: number): string {
  const word = valueWord(value);
  return widthPx >= Math.min(word.length * LETTER_PX + PADDING_PX, BEGINNING_PX) ? word : '';
}

const TOLD_MAX = 6;

/** A row for those who hear it: what it was and from which version on. */
export function describeBands(path: string, bands: readonly Band[]): string {
  const told = bands.slice(0, TOLD_MAX).map(({ from, value }) => `${valueWord(value)} from version ${from}`);
  const more = bands.length > TOLD_MAX ? `, and ${bands.length - TOLD_MAX} more changes` : '';
  return `${path}: ${told.join(', ')}${more}`;
}
