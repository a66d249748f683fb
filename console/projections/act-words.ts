import type { ActName } from '#server/projections/operations.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';

/** How the sheet of an act speaks: what results, the last button, whether the name is typed again, whether it is final. */
export type ActWords = { title: string; confirm: string; typed: boolean; danger: boolean };

/** The words of an act on `v<version>` of a projection; `serving`: readers feel what is done to it. */
export function wordsOf(act: ActName, name: string, version: number, serving: boolean): ActWords {
  const what = `${name} v${version}`;
  switch (act) {
    case 'pause':
      return { title: `Pause ${what}`, confirm: `Pause v${version}`, typed: serving, danger: false };
    case 'resume':
      return { title: `Resume ${what}`, confirm: `Resume v${version}`, typed: false, danger: false };
    case 'throttle':
      return { title: `Throttle ${what}`, confirm: `Throttle v${version}`, typed: serving, danger: false };
    case 'rebuild':
      return { title: `Rebuild ${name} beside v${version}`, confirm: `Rebuild ${name}`, typed: true, danger: false };
    case 'promote':
      return { title: `Switch readers to ${what}`, confirm: `Promote v${version}`, typed: true, danger: false };
    case 'rollback':
      return {
        title: `Switch readers back to ${what}`,
        confirm: `Roll back to v${version}`,
        typed: true,
        danger: false,
      };
    case 'rewind':
      return { title: `Apply events to ${what} again`, confirm: `Rewind v${version}`, typed: true, danger: true };
    case 'cancel':
      return { title: `Give up ${what}`, confirm: `Cancel the build of v${version}`, typed: true, danger: true };
    case 'drop':
      return { title: `Drop ${what}`, confirm: `Drop v${version}`, typed: true, danger: true };
  }
}

/** What those feel who read a version that is held or slowed, or wait for it. */
export function felt(act: ActName, { name, acknowledges }: ProjectionStatus, version: number): string[] {
  if (act !== 'pause' && act !== 'throttle') return [];
  const until = act === 'pause' ? 'until it is resumed' : 'while more events come than it may handle';
  return [
    `Reads go stale: ${name} v${version} stays behind ${until}.`,
    ...(acknowledges ? ['Commands that wait for it wait until their deadline, and are answered “pending”.'] : []),
  ];
}

/** What an act will not cure, by why events wait now. */
export function wontCure(act: ActName, projection: ProjectionStatus): string[] {
  if (act !== 'rebuild' && act !== 'rewind' && act !== 'resume') return [];
  const { cause, message } = projection.lag;
  switch (cause) {
    case 'held_mark':
      return [`It will not cure the wait: ${message}, and every version stops at the same mark.`];
    case 'no_worker':
      return ['It will not begin before a worker runs: npm run worker starts one.'];
    case 'poison_event':
      return act === 'resume'
        ? []
        : [
            `It fails at the same event unless the code was mended: ${projection.fault?.message ?? message ?? 'its last error'}.`,
          ];
    case 'paused':
      return act === 'rewind' ? ['It is paused: nothing is applied again before it is resumed.'] : [];
    default:
      return [];
  }
}
