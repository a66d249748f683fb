/** What the slider needs of an event. */
export type VersionEvent = { streamVersion: number; eventType: string; occurredAt: string };

export type GlyphMark = { version: number; x: number; eventType: string | null; label: boolean };

/** A stretch of versions as one bar: as high as its events came fast, in the hue of its most frequent type. */
export type DensityBar = {
  from: number;
  to: number;
  x: number;
  width: number;
  /** 0 to 1, by the logarithm of events a second; null where the stretch is not loaded. */
  height: number | null;
  eventType: string | null;
};

export type SliderMarks =
  | { kind: 'glyphs'; marks: GlyphMark[] }
  | { kind: 'bars'; bars: DensityBar[]; labels: { version: number; x: number }[] };

/** Past this many versions glyphs would touch each other, and each becomes part of a bar. */
export const GLYPHS_MAX = 200;
/** Glyphs nearer than this, in px, touch. */
const GLYPH_SPACING_PX = 14;
const LABEL_SPACING_PX = 34;
const BAR_PX = 6;

/** Pixels of a version on a rail of `width`; the first stands at 0, the last at `width`. */
export function xOfVersion(version: number, lastVersion: number, width: number): number {
  return lastVersion <= 1 ? width / 2 : ((version - 1) / (lastVersion - 1)) * width;
}

/** The version nearest to a point on the rail. */
export function versionAtX(x: number, lastVersion: number, width: number): number {
  if (lastVersion <= 1 || width <= 0) return Math.min(1, lastVersion);
  const share = Math.min(Math.max(x / width, 0), 1);
  return 1 + Math.round(share * (lastVersion - 1));
}

/** Glyphs while each has its place, bars past that. `events` may be any of the stream's, in any order. */
export function sliderMarks(lastVersion: number, events: readonly VersionEvent[], width: number): SliderMarks {
  const roomy = lastVersion <= GLYPHS_MAX && width / Math.max(1, lastVersion - 1) >= GLYPH_SPACING_PX;
  return roomy ? glyphs(lastVersion, events, width) : bars(lastVersion, events, width);
}

/** The version after `delta` steps; it stays within the stream. */
export function stepVersion(version: number, delta: number, lastVersion: number): number {
  return Math.min(Math.max(version + delta, 1), lastVersion);
}

/** Versions to have ready round one, nearest first, more of them in the direction of travel. */
export function neighbours(version: number, lastVersion: number, direction: -1 | 0 | 1, reach: number): number[] {
  const wanted: number[] = [];
  for (let distance = 1; distance <= reach; distance++) {
    const behind = direction === 0 || distance <= 2;
    const sign = direction === 0 ? 1 : direction;
    wanted.push(version + sign * distance);
    if (behind) wanted.push(version - sign * distance);
  }
  return wanted.filter((candidate) => candidate >= 1 && candidate <= lastVersion);
}

function glyphs(lastVersion: number, events: readonly VersionEvent[], width: number): SliderMarks {
  const types = new Map(events.map((event) => [event.streamVersion, event.eventType]));
  const every = labelStep(lastVersion, width);
  const marks = Array.from({ length: lastVersion }, (_, index) => {
    const version = index + 1;
    return {
      version,
      x: xOfVersion(version, lastVersion, width),
      eventType: types.get(version) ?? null,
      label: isLabelled(version, lastVersion, every),
    };
  });
  return { kind: 'glyphs', marks };
}

function bars(lastVersion: number, events: readonly VersionEvent[], width: number): SliderMarks {
  const count = Math.max(1, Math.min(lastVersion, Math.floor(width / BAR_PX)));
  const size = lastVersion / count;
  const groups: VersionEvent[][] = Array.from({ length: count }, () => []);
  for (const event of events) {
    groups[Math.min(count - 1, Math.floor((event.streamVersion - 1) / size))]?.push(event);
  }
  const rates = groups.map(logRate);
  const known = rates.filter((rate) => rate !== null);
  const lowest = Math.min(...known);
  const span = Math.max(...known) - lowest;
  const barWidth = width / count;
  return {
    kind: 'bars',
    bars: groups.map((group, index) => {
      const rate = rates[index] ?? null;
      return {
        from: Math.floor(index * size) + 1,
        to: Math.max(Math.floor(index * size) + 1, Math.floor((index + 1) * size)),
        x: index * barWidth,
        width: barWidth,
        height: rate === null ? null : span > 0 ? 0.15 + (0.85 * (rate - lowest)) / span : 0.5,
        eventType: mostFrequent(group),
      };
    }),
    labels: barLabels(lastVersion, width),
  };
}

/** Logarithm of events a second over the group; null for none, a second at least so that one instant is finite. */
function logRate(group: readonly VersionEvent[]): number | null {
  if (group.length === 0) return null;
  const times = group.map((event) => Date.parse(event.occurredAt));
  const seconds = Math.max(1, (Math.max(...times) - Math.min(...times)) / 1000);
  return Math.log10(group.length / seconds);
}

function mostFrequent(group: readonly VersionEvent[]): string | null {
  const counts = new Map<string, number>();
  for (const event of group) counts.set(event.eventType, (counts.get(event.eventType) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function labelStep(lastVersion: number, width: number): number {
  const room = Math.max(1, Math.floor(width / LABEL_SPACING_PX));
  const raw = lastVersion / room;
  return [1, 2, 5, 10, 20, 50, 100].find((step) => step >= raw) ?? 100;
}

function isLabelled(version: number, lastVersion: number, every: number): boolean {
  if (version === 1 || version === lastVersion) return true;
  return version % every === 0 && version - 1 >= every * 0.75 && lastVersion - version >= every * 0.75;
}

function barLabels(lastVersion: number, width: number): { version: number; x: number }[] {
  const slots = Math.max(2, Math.floor(width / 120));
  const rough = lastVersion / slots;
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough) ?? magnitude * 10;
  const labels = [{ version: 1, x: 0 }];
  for (let version = step; version < lastVersion - step * 0.6; version += step) {
    labels.push({ version, x: xOfVersion(version, lastVersion, width) });
  }
  labels.push({ version: lastVersion, x: width });
  return labels.filter((label, index) => index === 0 || label.x - (labels[index - 1]?.x ?? 0) > 24);
}
