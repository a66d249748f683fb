/** A zone as people choose it: an IANA name, or `local` for that of the browser. */
export type Zone = string;

type Parts = { year: string; month: string; day: string; hour: string; minute: string; second: string };

const formatters = new Map<string, Intl.DateTimeFormat>();

/** `14:25:56`; with `millis` `14:25:56.204`. Always h23. An unreadable time is given back as it came. */
export function formatClock(at: string | number | Date, zone: Zone, options: { millis?: boolean } = {}): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return String(at);
  const { hour, minute, second } = partsOf(date, zone);
  return `${hour}:${minute}:${second}${options.millis === true ? `.${millisOf(date)}` : ''}`;
}

/** `02 Nov 2026`. */
export function formatDate(at: string | number | Date, zone: Zone): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return String(at);
  const { year, month, day } = partsOf(date, zone);
  return `${day} ${month} ${year}`;
}

/** The clock alone where it is today in that zone, else `02 Nov 2026, 09:01:58`. */
export function formatTime(
  at: string | number | Date,
  zone: Zone,
  options: { millis?: boolean; now?: number; date?: 'auto' | 'always' } = {},
): string {
  const clock = formatClock(at, zone, options);
  if (Number.isNaN(new Date(at).getTime())) return clock;
  const day = formatDate(at, zone);
  const today = options.date !== 'always' && day === formatDate(options.now ?? Date.now(), zone);
  return today ? clock : `${day}, ${clock}`;
}

/** The offset of the zone at that time: `+01:00`. */
export function formatOffset(at: string | number | Date, zone: Zone): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const name = formatterOf(zone, 'offset')
    .formatToParts(date)
    .find((part) => part.type === 'timeZoneName')?.value;
  return name === undefined || name === 'GMT' ? '+00:00' : name.replace('GMT', '');
}

/** `4 s ago`, `7 min ago`, `19 h ago`, `3 d ago`; `just now` below a second, `in 4 s` for what lies ahead. */
export function formatAgo(at: string | number | Date, now: number): string {
  const seconds = (now - new Date(at).getTime()) / 1000;
  if (Number.isNaN(seconds)) return '';
  const size = Math.abs(seconds);
  if (size < 1) return 'just now';
  const length =
    size < 60
      ? `${Math.floor(size)} s`
      : size < 3600
        ? `${Math.floor(size / 60)} min`
        : size < 86_400
          ? `${Math.floor(size / 3600)} h`
          : `${Math.floor(size / 86_400)} d`;
  return seconds > 0 ? `${length} ago` : `in ${length}`;
}

/** The place of a zone: `Europe/Berlin` → `Berlin`. */
export function zoneCity(zone: Zone): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Whether this runtime knows the zone. */
export function isZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function partsOf(date: Date, zone: Zone): Parts {
  const parts = { year: '', month: '', day: '', hour: '', minute: '', second: '' };
  for (const { type, value } of formatterOf(zone, 'clock').formatToParts(date)) {
    if (type in parts) parts[type as keyof Parts] = value;
  }
  return { ...parts, month: parts.month.slice(0, 3) };
}

function millisOf(date: Date): string {
  return String(date.getUTCMilliseconds()).padStart(3, '0');
}

/** Making a formatter costs some 50 µs and a table has thousands of cells, so each is made once. */
function formatterOf(zone: Zone, kind: 'clock' | 'offset'): Intl.DateTimeFormat {
  const key = `${kind} ${zone}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const timeZone = zone === 'local' ? undefined : zone;
  const made =
    kind === 'offset'
      ? new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' })
      : new Intl.DateTimeFormat('en-GB', {
          timeZone,
          year: 'numeric',
          month: 'short',
          day: '2-digit',
          hour: '2-digit',
          minute: '2-digit',
          second: '2-digit',
          hourCycle: 'h23',
        });
  formatters.set(key, made);
  return made;
}
