const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1000 },
] as const;

/** A length of time in its largest unit, and the next where there is little of the first: `3 min`, `1 h 20 min`. */
export function formatSpan(ms: number): string {
  const index = UNITS.findIndex((unit) => ms >= unit.ms);
  const unit = UNITS[index];
  if (unit === undefined) return `${Math.max(0, Math.round(ms))} ms`;
  const whole = Math.floor(ms / unit.ms);
  const next = UNITS[index + 1];
  const rest = next === undefined ? 0 : Math.floor((ms - whole * unit.ms) / next.ms);
  return whole < 3 && rest > 0 && next !== undefined
    ? `${whole} ${unit.name} ${rest} ${next.name}`
    : `${whole} ${unit.name}`;
}
