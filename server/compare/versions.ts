import type { Decider } from '#server/kernel/decider.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { ProjectionsStatus, ProjectionVersion } from '#server/projections/status.ts';
import type { Candidates } from './compare.ts';
import type { ExperimentKind } from './experiment.ts';

/** A decider under a name, beside the one that serves, which is named `current`. */
export type NamedDecider = { category: string; version: string; label: string; decider: Decider };

/** What may be compared: projections with more than one version in store, and categories with a candidate decider. */
export function candidatesOf(
  { projections }: ProjectionsStatus,
  deciders: readonly NamedDecider[],
  read: ReadonlySet<string>,
): Candidates {
  const categories = [...new Set(deciders.map((one) => one.category))];
  return {
    projections: projections.map(({ name, title, version, versions }) => ({
      name,
      title,
      serving: String(version),
      readsRecorded: read.has(name),
      versions: versions
        .filter((one) => one.state !== 'scratch')
        .map((one) => ({
          version: String(one.version),
          label: `v${one.version}, ${stateWord(one)}, code ${one.codeVersion}`,
        })),
    })),
    deciders: categories.map((category) => ({
      category,
      versions: deciders.filter((one) => one.category === category).map(({ version, label }) => ({ version, label })),
    })),
  };
}

function stateWord({ state, built }: ProjectionVersion): string {
  return state === 'building' && built ? 'built, not serving' : state;
}

/** Refuses what is not there to be compared; the error names the field. */
export function mustBeThere(
  { projections, deciders }: Candidates,
  { kind, subject, a, b }: { kind: ExperimentKind; subject: string; a: string; b: string },
): void {
  const found =
    kind === 'projection'
      ? projections.find((one) => one.name === subject)
      : deciders.find((one) => one.category === subject);
  if (found === undefined) {
    const what = kind === 'projection' ? 'no projection is named' : 'no candidate decider is loaded for';
    throw new TidemarkError('bad-request', `${what} ${subject}`, { field: 'subject' });
  }
  for (const [field, version] of Object.entries({ a, b })) {
    if (found.versions.some((one) => one.version === version)) continue;
    const known = found.versions.map((one) => one.version).join(', ');
    throw new TidemarkError('bad-request', `${subject} has no version ${version}; it has ${known}`, { field });
  }
}
