/** Written for people: sentences and tables group their digits, raw JSON never does. */

const NONE = 'none';

/** `4812097` → `4,812,097`. Takes positions and versions as they come, strings included. */
export function formatCount(value: string | number): string {
  const text = typeof value === 'number' ? String(Math.round(value)) : value;
  return text.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A rate a second in three digits at most: `0`, `0.4`, `62.4`, `1,240`; below a twentieth `< 0.1`. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond) || perSecond <= 0) return '0';
  if (perSecond < 0.05) return '< 0.1';
  return perSecond < 99.95 ? perSecond.toFixed(1) : formatCount(perSecond);
}

/** Milliseconds with their unit: `0.4 ms`, `15.8 ms`, `1,000 ms`; `none` for null. */
export function formatMs(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return NONE;
  if (ms > 0 && ms < 0.05) return '< 0.1 ms';
  return `${ms < 99.95 ? ms.toFixed(1) : formatCount(ms)} ms`;
}

/** A length of time: `0.3 s`, `42 s`, `7 min 53 s`, `19 h 4 min`, `3 d 2 h`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds <= 0) return '0 s';
  if (seconds < 0.05) return '< 0.1 s';
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`;
}

/** A time that somebody set, or a tick of an axis: `5 s` where a measured one would be `5.0 s`. */
export function formatBound(seconds: number): string {
  return Number.isInteger(seconds) && seconds > 0 && seconds < 10 ? `${seconds} s` : formatSeconds(seconds);
}

/** Decimal bytes: `812 B`, `64.0 kB`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return unit === 0 ? `${Math.round(value)} B` : `${value.toFixed(1)} ${units[unit]}`;
}

/** A share of 0 to 1. Never `100 %` while anything is missing, never `0 %` while there is something. */
export function formatShare(share: number): string {
  if (share >= 1) return '100 %';
  if (share <= 0) return '0 %';
  const percent = Math.min(99.99, Math.max(0.01, share * 100));
  return `${percent.toFixed(2)} %`;
}

/** `1 event`, `2 events`; the plural is given where an s does not make it. */
export function formatNumberOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** The first and last characters of a long id, for a label: `0c9e77d1…41`. The whole id stays in the title. */
export function shortenId(id: string, head = 8, tail = 2): string {
  return id.length <= head + tail + 1 ? id : `${id.slice(0, head)}…${id.slice(-tail)}`;
}
