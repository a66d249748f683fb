/** What a colour may say. `neutral` says nothing. */
export type Tone = 'ok' | 'warn' | 'bad' | 'tide' | 'neutral';

export const TONE_TEXT: Record<Tone, string> = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  tide: 'text-tide',
  neutral: 'text-ink-2',
};

/** Soft ground with its own border, for badges and banners. */
export const TONE_GROUND: Record<Tone, string> = {
  ok: 'border-ok-line bg-ok-soft',
  warn: 'border-warn-line bg-warn-soft',
  bad: 'border-bad-line bg-bad-soft',
  tide: 'border-tide-line bg-tide-soft',
  neutral: 'border-line-2 bg-surface',
};

/** For shapes, which need 3:1 only. */
export const TONE_SHAPE: Record<Tone, string> = {
  ok: 'text-ok',
  warn: 'text-warn-solid',
  bad: 'text-bad-solid',
  tide: 'text-tide',
  neutral: 'text-ink-3',
};
