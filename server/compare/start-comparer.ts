import { SteppedBack } from './comparison-log.ts';
import { type ComparerParts, runComparison } from './run-comparison.ts';
import { createSwitchTeller } from './tell-switches.ts';

const LOOK_MS = 500;

/**
 * Does the comparisons that were asked for, one at a time, in whatever process it is started; one that another process
 * left is gone on with when its lease is over. What fails because the database is away is left to the lease.
 */
export function startComparer(
  parts: ComparerParts,
  options: { onError?(error: unknown): void } = {},
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const tellSwitches = createSwitchTeller(parts);
  let wake = () => {};

  async function look(): Promise<void> {
    const claimed = await parts.log.claim();
    if (claimed === undefined) return;
    try {
      await runComparison(parts, claimed, signal);
    } catch (error) {
      if (error instanceof SteppedBack || signal.aborted) return;
      options.onError?.(error);
      const message = error instanceof Error ? error.message : String(error);
      await parts.log.end(claimed, 'failed', message, null).catch(() => {});
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await tellSwitches().catch(options.onError ?? (() => {}));
      await look().catch(options.onError ?? (() => {}));
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (signal.aborted) wake();
      });
    }
  }

  const done = run();
  return {
    async stop() {
      stopping.abort();
      wake();
      await done;
    },
  };
}
