import { isTidemarkError } from './errors.ts';

type Waiting<Item, Answer> = { item: Item; resolve(answer: Answer): void; reject(error: unknown): void };

/**
 * Calls that come at once share one run: while one is under way, those that come wait, and go together in the next. Nothing
 * waits for a timer, so a call that comes alone goes at once. `run` answers in the order of its items; where it fails for
 * several items they are run one by one, so that each has its own error.
 */
export function createBatches<Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  { itemsMax = 200 }: { itemsMax?: number } = {},
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = [];
  let running = false;

  async function runAll(): Promise<void> {
    running = true;
    // Those of one turn of the event loop go together.
    await Promise.resolve();
    while (waiting.length > 0) await runSome(waiting.splice(0, itemsMax));
    running = false;
  }

  async function runSome(some: Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await run(some.map(({ item }) => item));
      for (const [index, { resolve }] of some.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      if (some.length > 1 && !isDatabaseAway(error)) for (const one of some) await runSome([one]);
      else for (const { reject } of some) reject(error);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void runAll();
    });
}

/** One by one would fail as well, and take as many deadlines as there are items. */
function isDatabaseAway(error: unknown): boolean {
  return (
    isTidemarkError(error, 'database-unavailable') ||
    isTidemarkError(error, 'deadline-exceeded') ||
    isTidemarkError(error, 'overloaded') ||
    isTidemarkError(error, 'shutting-down')
  );
}
