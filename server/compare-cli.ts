import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { loadCandidates } from './candidates.ts';
import { createCommandBus } from './command-bus/create-command-bus.ts';
import type { Compare } from './compare/compare.ts';
import { createCompare } from './compare/create-compare.ts';
import type { Outcome } from './compare/experiment.ts';
import { type ComparerParts, runComparison } from './compare/run-comparison.ts';
import { createComparerParts } from './comparison.ts';
import { draft } from './domain/experiment/terms.ts';
import { createRegistry } from './domain/registry.ts';
import { readEnv } from './env.ts';
import { createPostgresEventStore } from './event-store/postgres/postgres-event-store.ts';
import { createUpcasting } from './event-store/upcasting.ts';
import { openDatabase } from './import-export/open-database.ts';
import { createProgressLine } from './import-export/progress-line.ts';
import { systemClock } from './kernel/clock.ts';
import { isTidemarkError } from './kernel/errors.ts';
import { projections as shipped } from './projections/definitions/index.ts';
import { createAcknowledgements } from './projections/engine/acknowledgements.ts';
import { createOperations } from './projections/engine/create-operations.ts';
import { createStatusReader } from './projections/engine/read-status.ts';

const USAGE = `npm run compare -- --subject orders --a 1 --b 2 [--kind projection|decider] [--hypothesis TEXT] [--metric NAME]
    [--matters 0.05] [--rules FILE.json] [--json]       drafts an experiment, compares, prints the report
  npm run compare -- --id ID [--json]                   compares again, or prints where it was ended
  Exit: 0 b is better or there is no difference that matters, 2 unsafe, 3 a is better, 4 not enough data,
  5 not comparable, 1 for an error.`;

const EXIT: Record<Outcome, number> = {
  b_better: 0,
  no_difference_that_matters: 0,
  unsafe: 2,
  a_better: 3,
  not_enough_data: 4,
  not_comparable: 5,
};

const LOOK_MS = 200;

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      id: text,
      kind: { ...text, default: 'projection' },
      subject: text,
      a: text,
      b: text,
      hypothesis: text,
      metric: text,
      matters: text,
      rules: text,
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help || (values.id === undefined && values.subject === undefined)) {
    (values.help ? console.log : console.error)(USAGE);
    return values.help ? 0 : 1;
  }
  const terms = values.id === undefined ? termsOf(values) : undefined;
  const { parts, compare, close } = await openComparer();
  const actor = userInfo().username;
  try {
    const id = terms === undefined ? (values.id ?? '') : (await compare.create({ ...terms, actor })).id;
    const { experiment } = await compare.get({ id });
    if (experiment.status !== 'promoted' && experiment.status !== 'abandoned') {
      await compare.start({ id, actor });
      await follow(parts, compare, id, actor);
    }
    const { report } = await compare.get({ id });
    process.stdout.write((await compare.export({ id, format: values.json ? 'json' : 'markdown' })).text);
    return report === null ? 1 : EXIT[report.verdict.outcome];
  } finally {
    await close();
  }
}

/** Checks what was typed; the error names the option. */
function termsOf({ matters, rules, ...given }: Record<string, string | boolean | undefined>): z.output<typeof draft> {
  const { kind, subject, a, b, metric, hypothesis = `${b ?? 'b'} can replace ${a ?? 'a'}` } = given;
  const result = draft.safeParse({
    kind,
    subject,
    a,
    b,
    hypothesis,
    metric: metric ?? (kind === 'decider' ? 'decision_us' : undefined),
    ...(matters !== undefined && { matters: Number(matters) }),
    ...(typeof rules === 'string' && { rules: JSON.parse(readFileSync(rules, 'utf8')) }),
  });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`--${issue?.path.join('.')}: ${issue?.message}\n${USAGE}`);
}

/** Does the comparison here, or watches whoever was faster; Ctrl+C cancels it. */
async function follow(parts: ComparerParts, compare: Compare, id: string, actor: string): Promise<void> {
  const line = createProgressLine();
  const stopping = new AbortController();
  process.once('SIGINT', () => {
    stopping.abort();
    void compare.cancel({ id, actor }).finally(() => process.exit(130));
  });
  const claimed = await parts.log.claim(id);
  const work = claimed === undefined ? Promise.resolve() : runComparison(parts, claimed, stopping.signal);
  let failed: { error: unknown } | undefined;
  const done = work.catch((error: unknown) => {
    failed = { error };
  });
  for (;;) {
    const { progress } = await compare.get({ id });
    line.show(progress.message);
    if (failed !== undefined) throw failed.error;
    if (progress.state === 'done') break;
    if (progress.state === 'failed' || progress.state === 'cancelled')
      throw new Error(`${progress.state}: ${progress.message}`);
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, LOOK_MS))]);
  }
  await done;
  line.end(`experiment ${id}`);
}

async function openComparer() {
  const candidates = await loadCandidates(readEnv().candidates);
  const projections = [...shipped, ...candidates.projections];
  const { database, close } = await openDatabase('tidemark-compare');
  const acknowledgements = createAcknowledgements(database);
  const registry = createRegistry();
  const eventStore = createPostgresEventStore(database, createUpcasting(registry.upcasters));
  const commandBus = createCommandBus({ database, store: eventStore, registry, acknowledgements, clock: systemClock });
  const status = createStatusReader(database, eventStore);
  const parts = createComparerParts({ database, eventStore, commandBus, registry, projections, candidates, status });
  const operations = createOperations({ database, eventStore, projections });
  return {
    parts,
    compare: createCompare({ ...parts, operations }),
    async close() {
      await commandBus.close();
      await acknowledgements.stop();
      await eventStore.close();
      await close();
    },
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(isTidemarkError(error) || error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
