import { formatOffset, type Zone } from './format-time.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MINUTE_MS = 60_000;

const CLOCK = /(?:^|[T,\s]\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const ISO_DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})/;
const WORD_DATE = /^(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{4})/;

/** Minutes that the zone's clocks are ahead of UTC at an instant. */
export function zoneOffsetMinutes(instantMs: number, zone: Zone): number {
  const match = /^([+-])(\d{2}):(\d{2})/.exec(formatOffset(instantMs, zone));
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

/**
 * An instant from a time as people write it: `02 Nov 2026, 09:01:58`, `2026-11-02 09:01`, a date alone (its midnight) or
 * a clock alone (today), in the zone unless it carries an offset. Null where it is none, or no day of the calendar.
 */
export function parseWallTime(text: string, zone: Zone, now: number): number | null {
  const trimmed = text.trim();
  const clock = CLOCK.exec(trimmed);
  const dateText = clock === null ? trimmed : trimmed.slice(0, clock.index).replace(/[,\s]+$/, '');
  const date = dateText === '' && clock !== null ? today(now, zone) : parseDate(dateText);
  if (date === null) return null;
  const [hour, minute, second] = [Number(clock?.[1] ?? 0), Number(clock?.[2] ?? 0), Number(clock?.[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const millis = Number((clock?.[4] ?? '').padEnd(3, '0'));
  const wall = Date.UTC(date.year, date.month, date.day, hour, minute, second, millis);
  if (new Date(wall).getUTCDate() !== date.day) return null;
  const offset = clock?.[5];
  return offset === undefined ? wallToInstant(wall, zone) : wall - offsetMinutes(offset) * MINUTE_MS;
}

type CalendarDate = { year: number; month: number; day: number };

function parseDate(text: string): CalendarDate | null {
  const iso = ISO_DATE.exec(text);
  if (iso !== null && iso[0].length === text.length) {
    return checked({ year: Number(iso[1]), month: Number(iso[2]) - 1, day: Number(iso[3]) });
  }
  const words = WORD_DATE.exec(text);
  if (words === null || words[0].length !== text.length) return null;
  return checked({
    year: Number(words[3]),
    month: MONTHS.indexOf((words[2] ?? '').toLowerCase()),
    day: Number(words[1]),
  });
}

function checked(date: CalendarDate): CalendarDate | null {
  return date.month >= 0 && date.month < 12 && date.day >= 1 && date.day <= 31 ? date : null;
}

function today(now: number, zone: Zone): CalendarDate {
  const wall = new Date(now + zoneOffsetMinutes(now, zone) * MINUTE_MS);
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth(), day: wall.getUTCDate() };
}

/** Twice, because the first guess may lie on the other side of a change of the clocks. */
function wallToInstant(wall: number, zone: Zone): number {
  const guess = wall - zoneOffsetMinutes(wall, zone) * MINUTE_MS;
  return wall - zoneOffsetMinutes(guess, zone) * MINUTE_MS;
}

function offsetMinutes(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}
