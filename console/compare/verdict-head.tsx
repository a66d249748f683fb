'use client';

import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { Button } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import type { ExperimentDetail } from '#server/compare/compare.ts';
import { experimentTitle, versionName } from './experiment-words.ts';
import { ExportButtons } from './export-buttons.tsx';
import type { ExperimentActs } from './use-experiment.ts';

export type EndingAct = 'promote' | 'rollback' | 'abandon';

type Props = { detail: ExperimentDetail; acts: ExperimentActs; onAct: (act: EndingAct) => void };

/** The verdict before anything else: a sentence, what stands behind it, and what one may do about it. */
export function VerdictHead({ detail, acts, onAct }: Props) {
  const { experiment, report } = detail;
  const zone = useZone();
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 grow basis-80">
        <h2 className="text-verdict [overflow-wrap:anywhere]" aria-live="polite">
          {report?.verdict.sentence ??
            experiment.sentence ??
            `${experiment.status === 'running' ? 'Being compared' : 'Not compared yet'}: ${experimentTitle(experiment)}.`}
        </h2>
        {report === null ? null : (
          <p className="pt-1 text-ink-2">
            {report.verdict.second} Compared {formatTime(report.madeAt, zone, { date: 'always' })}.
          </p>
        )}
        <p className="pt-1 text-ink-3 text-small">Expected: {experiment.hypothesis}</p>
      </div>
      <div className="flex flex-col items-start gap-1.5 sm:items-end">
        <div className="flex flex-wrap gap-2">
          <Acts detail={detail} acts={acts} onAct={onAct} />
        </div>
        <WhyNot detail={detail} />
        <div className="flex flex-wrap gap-1">
          <CopyButton text={() => location.href} label="Copy the link to what is shown">
            Copy link
          </CopyButton>
          {report === null ? null : <ExportButtons id={experiment.id} />}
        </div>
      </div>
    </div>
  );
}

function Acts({ detail: { experiment, report }, acts, onAct }: Props) {
  const { id, status } = experiment;
  const b = versionName(experiment, 'b');
  const ended = status === 'promoted' || status === 'abandoned';
  const starting = acts.start.isPending;
  return (
    <>
      {status === 'drafted' || status === 'concluded' ? (
        <Button
          variant={status === 'drafted' ? 'primary' : 'secondary'}
          onClick={() => acts.start.mutate({ id })}
          disabled={starting}
        >
          {status === 'drafted' ? 'Compare' : 'Compare again'}
        </Button>
      ) : null}
      {status === 'concluded' && experiment.kind === 'projection' ? (
        <Button
          variant={report?.verdict.promotable === true ? 'primary' : 'secondary'}
          disabled={report?.verdict.promotable !== true}
          onClick={() => onAct('promote')}
        >
          Promote {b}…
        </Button>
      ) : null}
      {status === 'promoted' ? <Button onClick={() => onAct('rollback')}>Roll back…</Button> : null}
      {ended || status === 'running' ? null : (
        <Button variant="ghost" onClick={() => onAct('abandon')}>
          Abandon…
        </Button>
      )}
    </>
  );
}

function WhyNot({ detail: { experiment, report } }: { detail: ExperimentDetail }) {
  const zone = useZone();
  const { status, ended } = experiment;
  if (ended !== null && (status === 'promoted' || status === 'abandoned')) {
    return (
      <p className="max-w-80 text-ink-2 text-small sm:text-right">
        {status === 'promoted' ? 'Promoted' : 'Abandoned'} by {ended.actor}, {formatTime(ended.at, zone)}:{' '}
        {ended.reason}
      </p>
    );
  }
  const why = status === 'concluded' ? report?.verdict.whyNot : null;
  return why === null || why === undefined ? null : (
    <p className="max-w-80 text-ink-2 text-small first-letter:uppercase sm:text-right">{why}</p>
  );
}
