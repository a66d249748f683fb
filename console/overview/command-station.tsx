import { formatMs, formatNumberOf } from '#console/format.ts';
import type { Pulse } from '#server/pulse/pulse.ts';
import { Station } from './flow-station.tsx';

const STEPS = ['receive', 'validate', 'load_events', 'replay', 'decide'];

/** The steps before anything is durable, p50 each. */
export function CommandStation({ commands, className }: { commands: Pulse['commands']; className?: string }) {
  const timings = new Map(commands.steps.map(({ step, p50Ms }) => [step, p50Ms]));
  const longest = Math.max(...STEPS.map((step) => timings.get(step) ?? 0), 0.001);
  const none = STEPS.every((step) => (timings.get(step) ?? null) === null);
  return (
    <Station
      title="Command"
      aside={commands.p95Ms === null ? undefined : `p95 ${formatMs(commands.p95Ms)}`}
      className={className}
    >
      <dl className="flex grow flex-col justify-evenly px-3 py-2">
        {STEPS.map((step) => {
          const ms = timings.get(step) ?? null;
          return (
            <div key={step} className="flex h-6 items-center gap-3 text-table">
              <dt className="w-[4.75rem] shrink-0 whitespace-nowrap">{step.replace('_', ' ')}</dt>
              <dd className="flex min-w-0 grow items-center justify-between gap-2 text-ink-2">
                <span className="flex min-w-0 grow">
                  <span
                    aria-hidden
                    className="fill-mark h-1.5 min-w-1 rounded-[1px] bg-ink-4"
                    style={{
                      width: ms === null ? 0 : `${(ms / longest) * 80}%`,
                      visibility: ms === null ? 'hidden' : undefined,
                    }}
                  />
                </span>
                <span className="whitespace-nowrap">{ms === null ? '' : formatMs(ms)}</span>
              </dd>
            </div>
          );
        })}
      </dl>
      <p className="px-3 pb-2.5 text-ink-3 text-small">
        {none
          ? 'no command in the last minute'
          : `${formatNumberOf(commands.conflictRetriesLastHour, 'retry', 'retries')} after conflict, last hour`}
      </p>
    </Station>
  );
}
