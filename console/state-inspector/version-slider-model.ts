/** What the slider needs of an event. */
export type VersionEvent = { streamVersion: number; eventType: string; occurredAt: string };

export type GlyphMark = { version: number; x: number; eventType: string | null; label: boolean };

/** A stretch of versions as one bar, as high as its events came fast. */
export type DensityBar = {
  from: number;
  to: number;
  x: number;
  width: number;
  /** 0 to 1, by the logarithm of events a second; null where its ends are not known yet. */
  height: number | null;
};

export type SliderMarks =
  | { kind: 'glyphs'; marks: GlyphMark[] }
  | { kind: 'bars'; bars: DensityBar[]; labels: { version: number; x: number }[] };

/** Past this many versions glyphs would touch each other, and each becomes part of a bar. */
export const GLYPHS_MAX = 200;
/** Glyphs nearer than this, in px, touch. */
const GLYPH_SPACING_PX = 14;
const LABEL_SPACING_PX = 34;
/** Bars on the rail; each end of one is an event to be asked for, so there are not many. */
const BARS_MAX = 60;

/** Pixels of a version on a rail of `width`; the first stands at 0, the last at `width`, as does the only one. */
export function xOfVersion(version: number, lastVersion: number, width: number): number {
  return lastVersion <= 1 ? width : ((version - 1) / (lastVersion - 1)) * width;
}

/** The version nearest to a point on the rail. */
export function versionAtX(x: number, lastVersion: number, width: number): number {
  if (lastVersion <= 1 || width <= 0) return Math.min(1, lastVersion);
  const share = Math.min(Math.max(x / width, 0), 1);
  return 1 + Math.round(share * (lastVersion - 1));
}

/** Glyphs while each has its place, bars past that. `events` may be any of the stream's, in any order. */
export function sliderMarks(lastVersion: number, events: readonly VersionEvent[], width: number): SliderMarks {
  return drawsGlyphs(lastVersion, width) ? glyphs(lastVersion, events, width) : bars(lastVersion, events, width);
}

/** Whether every version has room for a glyph of its own. */
export function drawsGlyphs(lastVersion: number, width: number): boolean {
  return lastVersion <= GLYPHS_MAX && width / Math.max(1, lastVersion - 1) >= GLYPH_SPACING_PX;
}

/** The versions whose times the bars are made of: the ends of each stretch, first and last version included. */
export function barEnds(lastVersion: number): number[] {
  const count = Math.min(BARS_MAX, lastVersion - 1);
  if (count < 1) return [1];
  return Array.from({ length: count + 1 }, (_, index) => 1 + Math.round((index * (lastVersion - 1)) / count));
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
  const times = new Map(events.map((event) => [event.streamVersion, Date.parse(event.occurredAt)]));
  const ends = barEnds(lastVersion);
  const stretches = ends.slice(1).map((to, index) => ({ from: ends[index] ?? 1, to }));
  const rates = stretches.map(({ from, to }) => logRate(to - from, times.get(from), times.get(to)));
  const known = rates.filter((rate) => rate !== null);
  const lowest = Math.min(...known);
  const span = Math.max(...known) - lowest;
  return {
    kind: 'bars',
    bars: stretches.map(({ from, to }, index) => {
      const rate = rates[index] ?? null;
      const x = xOfVersion(from, lastVersion, width);
      return {
        from,
        to,
        x,
        width: xOfVersion(to, lastVersion, width) - x,
        height: rate === null ? null : span > 0 ? 0.15 + (0.85 * (rate - lowest)) / span : 0.5,
      };
    }),
    labels: barLabels(lastVersion, width),
  };
}

/** Logarithm of events a second; at least a second is taken, so that events of one instant are finite. */
function logRate(count: number, fromMs: number | undefined, toMs: number | undefined): number | null {
  if (fromMs === undefined || toMs === undefined) return null;
  return Math.log10(count / Math.max(1, (toMs - fromMs) / 1000));
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
