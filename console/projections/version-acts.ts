import type { ActName } from '#server/projections/operations.ts';
import type { ProjectionStatus, ProjectionVersion } from '#server/projections/status.ts';

/** Every act that an address may open the sheet of. */
export const ACTS = [
  'pause',
  'resume',
  'throttle',
  'rebuild',
  'cancel',
  'rewind',
  'promote',
  'rollback',
  'drop',
] as const satisfies readonly ActName[];

/** An act that a version offers; `why` says why not now. */
export type VersionAct = { act: ActName; version: number; label: string; why: string | null };

/** What can be done to a version, the usual first. */
export function actsOfVersion(projection: ProjectionStatus, version: ProjectionVersion): VersionAct[] {
  const of = (act: ActName, label: string, why: string | null = null): VersionAct => ({
    act,
    version: version.version,
    label,
    why,
  });
  const hold = version.paused === null ? of('pause', 'Pause…') : of('resume', 'Resume…');
  switch (version.state) {
    case 'serving':
      return [hold, of('throttle', 'Throttle…'), of('rewind', 'Rewind…')];
    case 'building':
      return [
        of('promote', 'Promote…', version.promotable ? null : (version.whyNot ?? 'it is not ready')),
        hold,
        of('throttle', 'Throttle…'),
        of('cancel', 'Cancel the build…'),
      ];
    case 'retired':
      return projection.previousVersion === version.version
        ? [of('rollback', 'Roll back…'), hold, of('drop', 'Drop…')]
        : [of('drop', 'Drop…')];
    case 'scratch':
      return [];
  }
}

/** A rebuild is an act on the projection: there is one candidate at a time. */
export function rebuildOf(projection: ProjectionStatus): VersionAct {
  const building = projection.versions.find(({ state }) => state === 'building');
  return {
    act: 'rebuild',
    version: projection.version,
    label: 'Rebuild…',
    why:
      building === undefined ? null : `v${building.version} is ${buildingWord(building)}: promote or cancel it first`,
  };
}

/** Where a version is that readers do not see yet. */
export function buildingWord({ built }: Pick<ProjectionVersion, 'built'>): string {
  return built ? 'built, not serving' : 'being built';
}

/** What a version is for, in words. */
export function roleOf(projection: ProjectionStatus, version: ProjectionVersion): string {
  switch (version.state) {
    case 'serving':
      return 'serving';
    case 'building':
      return `candidate, ${buildingWord(version)}`;
    case 'retired':
      return projection.previousVersion === version.version ? 'before, follows for a rollback' : 'retired';
    case 'scratch':
      return 'as of a moment';
  }
}
