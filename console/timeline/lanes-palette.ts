import { EVENT_HUES, type EventHue, eventHue } from '#console/ui/event-glyph-model.ts';

/** Colours of the canvas, as the theme has them now. */
export type LanesPalette = {
  surface: string;
  line: string;
  line2: string;
  ink: string;
  ink2: string;
  ink3: string;
  tide: string;
  tide2: string;
  bad: string;
  warn: string;
  font: string;
  hue(hue: EventHue): string;
  ofType(eventType: string): string;
  /** The system has taken the colours over: shapes alone tell kinds apart. */
  forced: boolean;
};

/** Reads the colours of an element's theme; the system's own where it forces them. */
export function readPalette(element: Element): LanesPalette {
  const style = getComputedStyle(element);
  const forced = window.matchMedia('(forced-colors: active)').matches;
  const value = (name: string, system: string) =>
    forced ? system : style.getPropertyValue(`--${name}`).trim() || 'gray';
  const hues = new Map(EVENT_HUES.map((hue) => [hue, value(`event-${hue}`, 'CanvasText')]));
  const hue = (wanted: EventHue) => hues.get(wanted) ?? 'gray';
  return {
    surface: value('surface', 'Canvas'),
    line: value('line', 'GrayText'),
    line2: value('line-2', 'GrayText'),
    ink: value('ink', 'CanvasText'),
    ink2: value('ink-2', 'CanvasText'),
    ink3: value('ink-3', 'CanvasText'),
    tide: value('tide', 'Highlight'),
    tide2: value('tide-2', 'Highlight'),
    bad: value('bad-solid', 'LinkText'),
    warn: value('warn-solid', 'CanvasText'),
    font: style.fontFamily,
    hue,
    ofType: (eventType) => hue(eventHue(eventType)),
    forced,
  };
}
