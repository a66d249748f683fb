'use client';

import { formatCount, formatShare } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { PROJECTION_STATUS } from '#console/projection-status.ts';
import { useZone } from '#console/settings.tsx';
import { Status } from '#console/ui/badge.tsx';
import { Button } from '#console/ui/button.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { ActName } from '#server/projections/operations.ts';
import type { ProjectionStatus, ProjectionVersion } from '#server/projections/status.ts';
import { actsOfVersion, rebuildOf, roleOf, type VersionAct } from './version-acts.ts';
import { progressSentence, versionAt } from './version-progress.ts';
import { VersionSwatch } from './version-swatch.tsx';

type Props = { projection: ProjectionStatus; mark: string; ask: (act: ActName, version: number) => void };

/** Each version with how far it is and what can be done to it; a rebuild makes a new one beside them. */
export function VersionsPanel({ projection, mark, ask }: Props) {
  const versions = projection.versions.filter(({ state }) => state !== 'scratch');
  return (
    <section aria-label="Versions" className="rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-3 border-line border-b px-4 py-2.5">
        <p className="min-w-0 grow basis-60 text-ink-2">
          A rebuild fills a version beside the one that readers see. Promote and roll back switch readers in one
          transaction.
        </p>
        <ActButton act={rebuildOf(projection)} ask={ask} primary />
      </div>
      <ul>
        {versions.map((version) => (
          <li key={version.version} className="border-line border-b px-4 py-3.5 last:border-b-0">
            <VersionRow projection={projection} version={version} mark={mark} ask={ask} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function VersionRow({ projection, version, mark, ask }: Props & { version: ProjectionVersion }) {
  const zone = useZone();
  const { kind, word } = PROJECTION_STATUS[version.run];
  const at = versionAt(version, mark);
  const { begun, paused, worker, eventsPerSecondMax } = version;
  const progress = progressSentence(version);
  return (
    <article aria-label={`${projection.name} v${version.version}`} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="flex items-center gap-2 text-lead">
          <VersionSwatch serving={version.state === 'serving'} />v{version.version}
          <span className="font-normal text-body text-ink-2">{roleOf(projection, version)}</span>
        </h2>
        <Status status={kind}>{word}</Status>
        <span className="ml-auto text-ink-2">
          {formatShare(Number(mark) === 0 ? 1 : at / Number(mark))}, {formatCount(version.lagEvents)} behind
        </span>
      </div>
      <TideGauge
        at={at}
        mark={Number(mark)}
        label={`v${version.version}, up to the mark`}
        stalled={kind === 'held' || kind === 'failed'}
      />
      {progress === null ? null : <p className="font-medium">{progress}</p>}
      <p className="break-words text-ink-3 text-small">
        {begun.actor}, {formatTime(begun.at, zone)}: {begun.reason}. Code {version.codeVersion},{' '}
        {formatCount(version.eventsHandled)} events handled, checkpoint {formatCount(version.checkpoint)},{' '}
        {worker === null ? 'no worker has it' : `process ${worker.processId} on ${worker.host}`}
        {version.refusedWrites === 0 ? '' : `, ${formatCount(version.refusedWrites)} late writes refused`}
        {eventsPerSecondMax === null ? '' : `, at most ${formatCount(eventsPerSecondMax)} events/s`}.
        {paused === null ? '' : ` Paused by ${paused.actor}, ${formatTime(paused.at, zone)}: ${paused.reason}.`}
      </p>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        {actsOfVersion(projection, version).map((act) => (
          <ActButton key={act.act} act={act} ask={ask} />
        ))}
      </div>
    </article>
  );
}

type ActButtonProps = { act: VersionAct; ask: Props['ask']; primary?: boolean };

function ActButton({ act: { act, version, label, why }, ask, primary = false }: ActButtonProps) {
  const final = act === 'cancel' || act === 'drop' || act === 'rewind';
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <Button
        variant={final ? 'danger' : primary ? 'primary' : 'secondary'}
        disabled={why !== null}
        onClick={() => ask(act, version)}
      >
        {label}
      </Button>
      {why === null ? null : <span className="text-ink-3 text-small">{why}</span>}
    </span>
  );
}
