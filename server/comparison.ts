import type { Database } from '#db/database.ts';
import type { Candidates } from './candidates.ts';
import type { CommandBus } from './command-bus/command-bus.ts';
import { createComparisonLog } from './compare/comparison-log.ts';
import { createExperiments } from './compare/experiments.ts';
import type { ComparerParts } from './compare/run-comparison.ts';
import { createSplitLog } from './compare/split/split-log.ts';
import type { NamedDecider } from './compare/versions.ts';
import type { Registry } from './domain/registry.ts';
import type { EventStore } from './event-store/event-store.ts';
import { orderReader } from './explorer/read-model.ts';
import { searchReader } from './explorer/search.ts';
import type { Projection } from './projections/define-projection.ts';
import type { ProjectionsStatus } from './projections/status.ts';

/** Puts together what compares: in the web process to ask for it, in the worker and the command line to do it. */
export function createComparerParts(parts: {
  database: Database;
  eventStore: EventStore;
  commandBus: CommandBus;
  registry: Registry;
  projections: readonly Projection[];
  candidates: Candidates;
  status(): Promise<ProjectionsStatus>;
}): ComparerParts {
  const { database, eventStore, registry, candidates } = parts;
  return {
    ...parts,
    deciders: decidersOf(registry, candidates),
    readers: { orders: orderReader, search: searchReader },
    experiments: createExperiments({ database, eventStore, registry }),
    log: createComparisonLog(database),
    splitLog: createSplitLog(database),
  };
}

/** Candidates, each beside the decider of its category that serves. */
function decidersOf(registry: Registry, { deciders }: Candidates): NamedDecider[] {
  const named = deciders.map((one) => ({ ...one, category: one.decider.category }));
  const current = [...new Set(named.map((one) => one.category))].flatMap((category): NamedDecider[] => {
    const decider = registry.deciderFor(category);
    return decider === undefined ? [] : [{ category, version: 'current', label: 'serving', decider }];
  });
  return [...current, ...named];
}
