/** What a person sets for themselves. It is a cookie, so that the first paint is already right. */
export type Settings = {
  theme: 'system' | 'light' | 'dark';
  /** An IANA zone, or `local` for that of the browser. */
  zone: string;
  /** `auto`: wide where the page leaves room for it. */
  rail: 'auto' | 'wide' | 'narrow';
  keys: 'on' | 'off';
};

export const SETTINGS_COOKIE = 'tidemark-settings';

export const DEFAULT_SETTINGS: Settings = { theme: 'system', zone: 'local', rail: 'auto', keys: 'on' };

const THEMES = ['system', 'light', 'dark'] as const;
const RAILS = ['auto', 'wide', 'narrow'] as const;
const ZONE_PATTERN = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

/** Reads the cookie's value; whatever is missing or wrong in it takes its default. */
export function parseSettings(cookie: string | undefined): Settings {
  const fields = new URLSearchParams(cookie ?? '');
  const zone = fields.get('zone');
  return {
    theme: THEMES.find((theme) => theme === fields.get('theme')) ?? DEFAULT_SETTINGS.theme,
    zone: zone !== null && ZONE_PATTERN.test(zone) ? zone : DEFAULT_SETTINGS.zone,
    rail: RAILS.find((rail) => rail === fields.get('rail')) ?? DEFAULT_SETTINGS.rail,
    keys: fields.get('keys') === 'off' ? 'off' : 'on',
  };
}

/** The cookie's value; only what differs from the defaults. */
export function formatSettings(settings: Settings): string {
  const changed = Object.entries(settings).filter(
    ([name, value]) => value !== DEFAULT_SETTINGS[name as keyof Settings],
  );
  return new URLSearchParams(changed).toString();
}
